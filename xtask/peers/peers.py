"""Which peers judge a case of tests/cases otherwise, by running them; `peers` of the case names them.

Values with signs between their symbols are left out: what a library does with a blank is its own choice. Peers of READ are
named by hand, where their source judges otherwise: npm has their packages no more.
Usage: python3 peers.py CASES NPM; UPDATE=1 writes the names into the files.
"""

import importlib
import json
import os
import pathlib
import re
import subprocess
import sys
import types

import petrovna
import ru_id
import ru_pii
import ru_requisites
import validators
from rigour.ids.ogrn import OGRN
from stdnum import iban, luhn
from stdnum.ru import inn, ogrn

READ = ("keying", "ru-codes")


def alone(name):
    """A package of alone.txt: one has the name of another peer, one extends a framework that its checks do not call."""
    own = sys.modules.pop(name, None)
    framework = types.ModuleType("presidio_analyzer")
    framework.__getattr__ = lambda _: type("Base", (), {"__init__": lambda *_, **__: None})
    sys.modules["presidio_analyzer"] = framework
    sys.path.insert(0, str(pathlib.Path(sys.prefix, "alone")))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)
        sys.modules.pop(name, None)
        if own:
            sys.modules[name] = own


presidio = alone("presidio_ru_recognizers.checksums")
ru_value = alone("validators")
ACCOUNT = ru_requisites.AccountKind
HOLDERS = list(ru_requisites.OrganizationKind)


def of_length(length, judge):
    """One function of theirs judges ОГРН and ОГРНИП alike; its kind here has one length."""
    return lambda text: len(text) == length and judge(text)


def both(judge):
    return {"ogrn": of_length(13, judge), "ogrnip": of_length(15, judge)}


def with_kind(kind):
    return lambda text, bik: ru_requisites.validate_account(text, bic=bik, kind=kind)


PEERS = {
    "python-stdnum": {"inn": inn.is_valid, **both(ogrn.is_valid), "card": luhn.is_valid, "iban": iban.is_valid},
    "petrovna": {
        "inn": petrovna.validate_inn,
        "kpp": petrovna.validate_kpp,
        "bik": petrovna.validate_bic,
        "ogrn": petrovna.validate_ogrn,
        "ogrnip": petrovna.validate_ogrnip,
        "snils": petrovna.validate_snils,
        "account": petrovna.validate_rs,
        "account_correspondent": petrovna.validate_ks,
    },
    "ru-id-validators": {
        "inn": ru_id.is_valid_inn,
        "kpp": ru_id.is_valid_kpp,
        "bik": ru_id.is_valid_bik,
        **both(ru_id.is_valid_ogrn),
        "snils": ru_id.is_valid_snils,
        "account": ru_id.is_valid_account,
        "account_correspondent": ru_id.is_valid_account,
    },
    "ru-pii": {
        "inn": ru_pii.inn,
        "bik": ru_pii.bic,
        **both(ru_pii.ogrn),
        "snils": ru_pii.snils,
        "account": ru_pii.account,
        "account_correspondent": ru_pii.account,
        "card": ru_pii.card,
        "oms_enp": ru_pii.oms,
        "iban": ru_pii.iban,
    },
    "ru-requisites": {
        "inn": lambda text: any(ru_requisites.validate_inn(text, holder).ok for holder in HOLDERS),
        "kpp": ru_requisites.validate_kpp,
        "bik": ru_requisites.validate_bic_format,
        "account": with_kind(ACCOUNT.SETTLEMENT),
        "account_correspondent": with_kind(ACCOUNT.CORRESPONDENT),
    },
    "rigour": both(OGRN.is_valid),
    "validators": {"inn": validators.ru_inn},
    "presidio-ru": {
        "inn": lambda text: presidio.inn10(text) or presidio.inn12(text),
        "snils": presidio.snils,
        "ogrn": presidio.ogrn,
        "ogrnip": presidio.ogrnip,
    },
    "ru-value-validator": {
        "snils": ru_value.SnilsValidator.validate,
        "ogrn": ru_value.OgrnValidator.validate_ogrn,
        "ogrnip": ru_value.OgrnValidator.validate_ogrnip,
    },
}


def accepts(judge, *arguments):
    try:
        found = judge(*arguments)
    except Exception:
        return False
    found = found[0] if isinstance(found, tuple) else found
    return bool(getattr(found, "ok", found))


def judged(case):
    """Peers that know the kind, each with whether it takes the value."""
    kind, value, bik = case["kind"], case["value"], case.get("bik")
    if kind.startswith("account"):
        if bik is None:
            return {}
        kind = "account_correspondent" if value.startswith("301") else kind
    arguments = (value, bik) if kind.startswith("account") else (value,)
    return {peer: accepts(kinds[kind], *arguments) for peer, kinds in PEERS.items() if kind in kinds}


def npm(cases, folder):
    script = pathlib.Path(__file__).with_name("peers.mjs")
    ran = subprocess.run(["node", script, folder], input=json.dumps(cases), capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


def main(folder, packages):
    stale, count, otherwise = [], 0, 0
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [(at, json.loads(line.strip().removesuffix(","))) for at, line in enumerate(lines) if line.startswith('  {"value"')]
        cases = [{"kind": path.stem, **case} for _, case in rows]
        for (at, case), whole, more in zip(rows, cases, npm(cases, packages)):
            compact = case["value"].isascii() and case["value"].isalnum()
            found = {**judged(whole), **more} if compact else {}
            ours = case["verdict"] == "complete"
            peers = sorted(peer for peer, theirs in found.items() if theirs != ours)
            count, otherwise = count + len(found), otherwise + len(peers)
            peers = sorted({*peers, *(peer for peer in case.get("peers", []) if peer in READ)})
            if peers != case.get("peers", []):
                stale.append(f"{path.name}:{at + 1}: {', '.join(peers) or 'nobody'}")
                bare = re.sub(r'"peers": \[[^\]]*\], ', "", lines[at])
                named = f'"peers": {json.dumps(peers)}, ' if peers else ""
                lines[at] = bare.replace('"why": ', f'{named}"why": ', 1)
        if os.environ.get("UPDATE"):
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{count} judgements of {len(PEERS) + 3} peers, {otherwise} of them not ours")
    if stale and not os.environ.get("UPDATE"):
        sys.exit("peers of these cases are stale; write them with UPDATE=1:\n" + "\n".join(stale))


if __name__ == "__main__":
    main(*sys.argv[1:3])
