"""What rights do people have towards those who decide about them? General information, never advice."""
ABOUT = "talk"
OPTIONS = ()


def suggestions(evidence, domain):
    return [("letter", {}), ("correct", {}), ("human_review", {}), ("contest", {})]
