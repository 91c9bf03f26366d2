"""A list of the county's register, and what the report says of its rows."""

import datetime

HEADER = "sysId;fornavn;etternavn;fdato;epost;mobil;type;promrkode;promrnavn;bnr;bedrnavn;start;slutt"
KARI = "K-1;Kari;Nordmann;05.06.2007;kari@example.net;99 99 01 09;Lærling;HSHEA3;Helsearbeiderfaget;995810166;Furukollen;01.08.2025;31.07.2027"
BORN = datetime.date(2007, 6, 5)


def outcomes(found):
    return [entry["outcome"] for entry in found.report]


def said(found, place=0):
    return [code for code, _params in found.report[place]["say"]]
