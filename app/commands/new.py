"""A new domain folder from a table: its domain.yaml holds what could be inferred, with comments on what to fill in."""
import re

HELP = "make a domain folder from a table of rows"


def arguments(parser):
    parser.add_argument("name", metavar="NAME", help="name of the new folder in data/, or a path to it")
    parser.add_argument("--data", required=True, metavar="FILE", help="the rows: a CSV file with a header")
    parser.add_argument("--target", required=True, metavar="COLUMN", help="the column that is decided or predicted")
    parser.add_argument("--model", metavar="FILE", help="the fitted model; without one, a model is trained")
    parser.add_argument("--id", metavar="COLUMN", help="the column that names the rows; their number otherwise")


def run(options):
    import shutil
    from pathlib import Path

    from app.domain_sketch import domain_sketch
    from explainers.domain import DATA, load_domain
    from explainers.errors import DomainProblem, InputProblem, Problem

    if not re.fullmatch(r"[\w-]+", options.name) and not re.search(r"[/\\]", options.name):
        raise DomainProblem("new_name_wrong", name=options.name[:60])
    folder = Path(options.name) if re.search(r"[/\\]", options.name) else DATA / options.name
    if (folder / "domain.yaml").exists():
        raise DomainProblem("new_folder_exists", folder=str(folder))
    for file in filter(None, (options.data, options.model)):
        if not Path(file).is_file():
            raise InputProblem("file_missing", file=file)
    data = Path(options.data)
    model = Path(options.model).name if options.model else None
    text = domain_sketch(data, options.target, folder.name, model, options.id)
    before = folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for file in filter(None, (options.data, options.model)):
            if Path(file).resolve() != (folder / Path(file).name).resolve():
                shutil.copyfile(file, folder / Path(file).name)
        (folder / "domain.yaml").write_text(text, encoding="utf-8")
        domain = load_domain(str(folder))
    except Problem:
        (folder / "domain.yaml").unlink(missing_ok=True)
        if not before:
            shutil.rmtree(folder)
        raise
    print(f"{folder / 'domain.yaml'}: {len(domain.frame)} rows, {len(domain.features)} features. Read it and fill in what the comments "
          f"ask for, then: python -m app check {options.name}")
    return 0
