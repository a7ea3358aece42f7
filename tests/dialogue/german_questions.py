"""Questions in German about the three domains, with the kind that each asks for."""
QUESTIONS = {
    "credit": {
        "why": [
            "Warum wurde ich abgelehnt?",
            "Wieso wurde der Kredit abgelehnt?",
            "Weshalb bin ich ein schlechtes Kreditrisiko?",
            "warum wurde ich abgeleht",
            "Was spricht gegen mich?",
            "Was war der Grund?",
            "Erklären Sie mir bitte die Entscheidung.",
            "Woran lag es?",
            "Warum hat das Modell so entschieden?",
            "Begruenden Sie das bitte",
            "Was hat den Ausschlag gegeben?",
            "warumm wurde ich abgelehnt",
        ],
        "counterfactual": [
            "Was müsste ich ändern?",
            "Was muesste ich aendern?",
            "Was kann ich tun, damit es klappt?",
            "Was könnte ich anders machen?",
            "Wie bekomme ich den Kredit doch noch?",
            "Was müsste sich ändern, damit ich angenommen werde?",
            "Welche Änderungen würden helfen?",
            "was muss ich tun um den kredit zu bekommen",
            "Was würde das Ergebnis ändern?",
        ],
        "prediction": [
            "Was sagt das Modell?",
            "Wie lautet das Ergebnis?",
            "Was wäre, wenn der Kredit nur 24 Monate liefe?",
            "Was wäre, wenn die Laufzeit 24 Monate wäre?",
            "Angenommen, die Laufzeit wäre 12 Monate?",
            "Was passiert, wenn ich nur 4.000 DM aufnehme?",
            "Was wäre, wenn die Höhe des Kredits 4.000 DM wäre?",
            "Was waere wenn die Laufzeit 36 Monate waere",
            "Was wäre, wenn ich 40 Jahre alt wäre?",
            "Bekomme ich den Kredit?",
        ],
        "likelihood": [
            "Wie sicher ist das?",
            "Wie sicher sind Sie sich?",
            "Wie wahrscheinlich ist das?",
            "Wie hoch ist die Wahrscheinlichkeit?",
            "Wie knapp war es?",
            "Wie hoch ist meine Punktzahl?",
            "wie sicher is das",
        ],
        "role": [
            "Lag es an meinem Alter?",
            "Hat mein Alter eine Rolle gespielt?",
            "Spielte das Girokonto eine Rolle?",
            "Liegt es an der Laufzeit?",
            "Wurde ich wegen meines Alters abgelehnt?",
            "War es wegen meiner Ersparnisse?",
            "lag es am alter",
            "Hat der Zweck des Kredits gezählt?",
            "Hat die Laufzeit mir geschadet?",
        ],
        "importance": [
            "Was zählt für das Modell im Ganzen am meisten?",
            "Welche Merkmale sind am wichtigsten?",
            "Worauf achtet das Modell am meisten?",
            "Was ist dem Modell am wichtigsten?",
        ],
        "threshold": [
            "Welche Laufzeit wäre nötig?",
            "Wie hoch dürfte der Kredit höchstens sein?",
        ],
        "count": [
            "Wie viele Anträge gibt es?",
            "Wie viele wurden abgelehnt?",
        ],
        "performance": [
            "Wie oft liegt das Modell richtig?",
            "Wie gut ist das Modell?",
            "Wie genau ist das Modell?",
        ],
        "mistakes": [
            "Wo liegt das Modell falsch?",
            "Welche Fehler macht das Modell?",
            "Wann irrt sich das Modell?",
        ],
        "similar": [
            "Gibt es ähnliche Fälle?",
            "Welche Fälle sind diesem am ähnlichsten?",
        ],
        "show": [
            "Zeigen Sie mir die Werte",
            "Welche Angaben haben Sie über mich?",
        ],
        "help": [
            "Was kann ich fragen?",
            "Hilfe",
        ],
        "about": [
            "Wer sind Sie?",
            "Sind Sie ein Mensch?",
        ],
        "human_review": [
            "Kann das ein Mensch prüfen?",
        ],
        "contest": [
            "Ich bin damit nicht einverstanden.",
        ],
        "level": [
            "Bitte einfacher erklären",
            "Alle technischen Details bitte",
        ],
        "language": [
            "Bitte auf Englisch",
            "in English please",
        ],
        "greet": [
            "Guten Tag",
        ],
        "thanks": [
            "Vielen Dank",
        ],
        "bye": [
            "Auf Wiedersehen",
        ],
        "define": [
            "Was bedeutet Girokonto?",
            "Was heißt Ersparnisse?",
        ],
        "term": [
            "Was ist ein Basiswert?",
            "Was bedeutet Kalibrierung?",
        ],
        "method": [
            "Wie wurde das berechnet?",
        ],
        "fairness": [
            "Ist das Modell fair?",
            "Werden Frauen benachteiligt?",
        ],
        "rules": [
            "Wie entscheidet das Modell im Allgemeinen?",
        ],
        "data": [
            "Woher kommen die Daten?",
        ],
        "model": [
            "Was für ein Modell ist das?",
        ],
        "keep": [
            "Wie weit darf sich die Laufzeit ändern, bevor das Ergebnis kippt?",
        ],
    },
    "heart": {
        "why": [
            "Warum sagt das Modell Herzkrankheit?",
            "Wieso gelte ich als krank?",
            "Was spricht für eine Herzkrankheit?",
        ],
        "prediction": [
            "Was sagt das Modell zu diesem Fall?",
            "Was wäre, wenn der Blutdruck 120 wäre?",
            "Was wäre, wenn das Cholesterin 180 mg/dl wäre?",
            "Was wäre, wenn die ST-Senkung nur 0,5 mm wäre?",
        ],
        "role": [
            "Lag es am Cholesterin?",
            "Hat der Blutdruck eine Rolle gespielt?",
            "Spielt das Geschlecht eine Rolle?",
        ],
        "likelihood": [
            "Wie wahrscheinlich ist eine Herzkrankheit?",
            "Wie sicher ist diese Bewertung?",
        ],
        "counterfactual": [
            "Was müsste sich ändern, damit das Ergebnis anders wird?",
            "Was kann ich tun?",
        ],
        "define": [
            "Was bedeutet ST-Senkung?",
            "Was ist Cholesterin?",
        ],
        "importance": [
            "Welche Werte sind insgesamt am wichtigsten?",
        ],
        "effect": [
            "Wie wirkt der Blutdruck im Allgemeinen auf die Punktzahl?",
        ],
        "label": [
            "Was ist wirklich geschehen?",
        ],
    },
    "grades": {
        "why": [
            "Warum diese Note?",
            "Warum schätzt das Modell so niedrig?",
        ],
        "prediction": [
            "Was schätzt das Modell?",
            "Was wäre, wenn es keine Fehlstunden gäbe?",
            "Was wäre, wenn die Fehlstunden 2 wären?",
        ],
        "role": [
            "Lag es an den Fehlstunden?",
            "Hat die Lernzeit eine Rolle gespielt?",
        ],
        "importance": [
            "Was zählt im Allgemeinen am meisten?",
        ],
        "performance": [
            "Wie genau ist das Modell?",
        ],
        "similar": [
            "Zeige mir ähnliche Fälle",
        ],
        "statistic": [
            "Wie hoch sind die Fehlstunden im Durchschnitt?",
        ],
        "data": [
            "Aus welchen Daten hat das Modell gelernt?",
        ],
        "interactions": [
            "Welche Werte wirken zusammen?",
        ],
    },
}
