from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "ids", "resolved"),
    [
        pytest.param("The Kremlin denied it sent arms.", ["body:kremlin", "state:RU"], True, id="seat-and-state"),
        pytest.param("Moscow said it sent nothing.", ["state:RU"], True, id="capital"),
        pytest.param("The DPRK said it tested a rocket.", ["state:KP"], True, id="abbreviation"),
        pytest.param("Seoul and Tokyo said they agreed.", ["state:KR", "state:JP"], True, id="joint"),
        pytest.param(
            "Antony Blinken arrived on Monday. Blinken said the talks went well.",
            ["person:antony-blinken"],
            True,
            id="surname",
        ),
        pytest.param(
            "South Korea's Foreign Minister Park Jin said the ties were close.",
            ["person:park-jin", "state:KR"],
            True,
            id="office-speaks-for-a-state",
        ),
        pytest.param(
            "Maria Lopez runs the port. She said the gate was shut.",
            ["person:maria-lopez"],
            True,
            id="pronoun",
        ),
        pytest.param("The NATO chief is away. NATO said it was ready.", ["body:nato"], True, id="body"),
        pytest.param("Nazi Germany denied the raid.", ["body:nazi-germany"], True, id="a-state-of-the-past"),
        pytest.param("East Germany denied the raid.", ["body:east-germany"], True, id="half-a-state-of-the-past"),
    ],
)
def test_who_a_source_is(read: Callable[[str], Any], text: str, ids: list[str], resolved: bool) -> None:
    claim = read(text).spoken[-1]

    assert ([entity.id for entity in claim.entities], claim.resolved) == (ids, resolved)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("He said the talks had failed.", "he (unresolved)", id="nobody-before"),
        pytest.param(
            "John Miller met Peter Stone. Later he said the talks had failed.",
            "he (unresolved)",
            id="two-before",
        ),
        pytest.param(
            "Clara Benn phoned Ruth Adler. She said the vote had been moved.",
            "she (unresolved)",
            id="two-women",
        ),
    ],
)
def test_a_pronoun_that_cannot_be_known_stays_unresolved(read: Callable[[str], Any], text: str, name: str) -> None:
    claim = read(text).spoken[-1]

    assert ([entity.name for entity in claim.entities], claim.resolved) == ([name], False)


def test_nameless_people_of_two_articles_are_not_the_same(read: Callable[[str], Any]) -> None:
    one = read("Analysts said the deal was dead.").spoken[0]
    other = read("Analysts said the deal was alive.").spoken[0]

    assert one.entities[0].id != other.entities[0].id


def test_a_list_is_remembered_by_its_number(read: Callable[[str], Any]) -> None:
    text = "The United States, South Korea and Japan met. The three nations expressed concern about the arms."

    assert [entity.id for entity in read(text).spoken[-1].entities] == ["state:US", "state:KR", "state:JP"]


def test_a_name_inside_a_longer_name_is_not_meant(read: Callable[[str], Any]) -> None:
    claim = read("The Texas Department of State Health Services refuted the claim.").spoken[0]

    assert "state:US" not in [entity.id for entity in claim.entities]


DAM = (
    "A protest in Cairo drew thousands on Friday. Cairo residents said the price of bread had doubled.\n"
    "Cairo said the subsidy would stay. The presidential palace in Khartoum said it had not been asked."
)
TELECOM = (
    "A spokesman for Orion Telecom, Peter Falk, said the outage was over. Falk added that no data had been lost.\n"
    "The company's rival, Vesta Mobile, said its network was safe. A Vesta spokeswoman said customers were calm.\n"
    'Engineers warned the fault could return. "We saw this in March," one of them said.'
)
QUOTA = (
    "Both Canada and Mexico denied that they had agreed to the quota. Ottawa, Mexico City and Washington said talks "
    'would go on. "We are close to a text," the three governments said in a joint statement.'
)
BANKS = (
    "Nordhaven Bank and its auditor, KPW, said the accounts were sound. The two firms said the leak was a forgery. "
    "The central bank said it had opened an inquiry."
)
RAILWAY = (
    "The Czech transport ministry said nobody was hurt. The ministry's spokesman, Jan Vlk, said the track was sound. "
    "Police in Vienna said a man had been arrested."
)
COURIER = (
    "The Lisbon Courier reported that the minister had sold his shares. The newspaper said it had seen the contract. "
    'The minister, Rui Tavares, denied it. "The minister has lied," said Ines Prado, the leader of the opposition.'
)
SENATOR = (
    "Sen. Carla Dunn, a Republican, said the bill would fail. The senator said she had counted 40 votes. Her colleague "
    'Mark Fell disagreed. "The votes are there," he said.'
)
OPENER = (
    "A former trader has told a court that he was ordered to hide losses.\n"
    "Alan Moss, 44, told the judges that his manager had shredded the ledgers.\n"
    "Harrow Capital denied the allegations. The bank said it had cooperated with the inquiry."
)


@pytest.mark.parametrize(
    ("text", "words", "ids"),
    [
        pytest.param(DAM, "the price of bread", ["group:cairo-residents"], id="people-of-a-capital"),
        pytest.param(DAM, "the subsidy would stay", ["state:EG"], id="capital-for-government"),
        pytest.param(DAM, "it had not been asked", ["body:presidential-palace-in-khartoum", "state:SD"], id="palace"),
        pytest.param(
            TELECOM, "the outage was over", ["person:peter-falk", "body:orion-telecom"], id="spokesman-with-name"
        ),
        pytest.param(TELECOM, "no data had been lost", ["person:peter-falk", "body:orion-telecom"], id="his-surname"),
        pytest.param(TELECOM, "its network was safe", ["body:vesta-mobile"], id="name-behind-a-description"),
        pytest.param(
            TELECOM, "customers were calm", ["group:vesta-spokeswoman", "body:vesta-mobile"], id="nameless-spokeswoman"
        ),
        pytest.param(TELECOM, "We saw this", ["group:one-of-engineers"], id="one-of-them"),
        pytest.param(QUOTA, "they had agreed", ["state:CA", "state:MX"], id="both"),
        pytest.param(QUOTA, "talks would go on", ["state:CA", "state:MX", "state:US"], id="three-capitals"),
        pytest.param(QUOTA, "We are close", ["state:CA", "state:MX", "state:US"], id="the-three-governments"),
        pytest.param(
            BANKS, "the accounts were sound", ["body:nordhaven-bank", "body:kpw"], id="a-body-and-its-auditor"
        ),
        pytest.param(BANKS, "the leak was a forgery", ["body:nordhaven-bank", "body:kpw"], id="the-two-firms"),
        pytest.param(BANKS, "it had opened", ["body:central-bank"], id="another-bank"),
        pytest.param(
            RAILWAY, "nobody was hurt", ["body:czech-transport-ministry", "state:CZ"], id="ministry-of-a-state"
        ),
        pytest.param(
            RAILWAY,
            "the track was sound",
            ["person:jan-vlk", "body:czech-transport-ministry", "state:CZ"],
            id="spokesman-of-the-ministry",
        ),
        pytest.param(RAILWAY, "a man had been arrested", ["group:police-in-vienna"], id="police-are-no-government"),
        pytest.param(COURIER, "it had seen the contract", ["outlet:lisbon-courier"], id="the-newspaper"),
        pytest.param(COURIER, "has lied", ["person:ines-prado"], id="office-behind-an-unknown-name"),
        pytest.param(SENATOR, "she had counted", ["person:carla-dunn"], id="title-in-short"),
        pytest.param(SENATOR, "The votes are there", ["person:mark-fell"], id="a-first-name-tells"),
        pytest.param(OPENER, "he was ordered", ["person:alan-moss"], id="named-in-the-next-sentence"),
        pytest.param(OPENER, "it had cooperated", ["body:harrow-capital"], id="the-only-firm"),
    ],
)
def test_who_a_source_turns_out_to_be(read: Callable[[str], Any], text: str, words: str, ids: list[str]) -> None:
    found = read(text)
    claim = next(claim for claim in found.spoken if words in found.content(claim))
    own = f"{found.article.id}:"

    assert ([entity.id.replace(own, "") for entity in claim.entities], claim.resolved) == (ids, True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The regulator said it would publish the findings in July.", id="never-introduced"),
        pytest.param("A statement by the operator said the line was open.", id="statement-of-an-unknown-body"),
        pytest.param("Tom Reed left. The driver said he had seen no signal.", id="may-be-the-one-named"),
    ],
)
def test_what_is_not_introduced_is_not_resolved(read: Callable[[str], Any], text: str) -> None:
    assert not read(text).spoken[-1].resolved


def test_another_person_beside_the_name_is_no_opener(read: Callable[[str], Any]) -> None:
    text = "A former trader has told a court that he hid losses.\nJudge Anna Bell said the jury must wait."

    assert [entity.kind for entity in read(text).spoken[0].entities] == ["group"]


PEOPLE = ["nurses", "doctors", "ministers", "dockers", "tenants", "miners", "pilots", "sailors", "guards", "judges"]


@pytest.mark.parametrize("people", PEOPLE)
@pytest.mark.parametrize("opening", ["The", "These", "Many", "Its"])
def test_every_source_has_a_name(read: Callable[[str], Any], people: str, opening: str) -> None:
    found = read(f"{opening} {people} allege that the ward was closed. {opening} {people} deny that it was full.")
    entities = [entity for claim in found.spoken for entity in claim.entities]

    assert entities
    assert [entity for entity in entities if not entity.name.strip() or people not in entity.id] == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param(
            "Ministers Jan Vlk and Petra Sand told reporters that the road was safe. The talks covered aid to France "
            "and Germany. The two officials denied that the bridge had fallen.",
            ["person:jan-vlk", "person:petra-sand"],
            id="officials-are-persons",
        ),
        pytest.param(
            "France and Germany said that the road was safe. Aid went to Jan Vlk and Petra Sand. "
            "The two governments denied that the bridge had fallen.",
            ["state:FR", "state:DE"],
            id="governments-are-states",
        ),
        pytest.param("Radio Tirana reported that the road was closed.", ["outlet:radio-tirana"], id="longer-name"),
        pytest.param("Tirana denied that the road was closed.", ["state:AL"], id="capital"),
    ],
)
def test_what_kind_of_thing_a_noun_can_mean(read: Callable[[str], Any], text: str, ids: list[str]) -> None:
    assert [entity.id for entity in read(text).spoken[-1].entities] == ids


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("The zoo director said the cage was open.", ["zoo director"], id="modifier"),
        pytest.param("The telecoms minister said the mast fell.", ["telecoms minister"], id="modifier-of-an-office"),
        pytest.param("Its tourism secretary said the inns were full.", ["tourism secretary"], id="pronoun-unknown"),
        pytest.param(
            "Albania opened a road. Its tourism secretary said the inns were full.",
            ["Albania's tourism secretary", "Albania"],
            id="pronoun-known",
        ),
    ],
)
def test_what_only_says_which_one_is_nobody(read: Callable[[str], Any], text: str, names: list[str]) -> None:
    assert [entity.name for entity in read(text).spoken[-1].entities] == names


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param(
            "Piers Aldane, chief executive of Orvane, said Orvane had not polluted the river.",
            ["person:piers-aldane", "body:orvane"],
            id="a-first-name-like-a-plural",
        ),
        pytest.param(
            "Ruta Malik, the head of safety at Calder Freight, said the brakes had been checked.",
            ["person:ruta-malik", "body:calder-freight"],
            id="a-firm-named-like-a-person",
        ),
        pytest.param(
            "Amara Quist, chief medical officer of Brennick Biologics, said the trial had failed.",
            ["person:amara-quist", "body:brennick-biologics"],
            id="a-chief-officer",
        ),
        pytest.param("Tarn Agro, which owns the warehouse, said it had met all rules.", ["body:tarn-agro"], id="which"),
        pytest.param(
            "Lena Hart, a resident of Vellin, said the smell was strong.", ["person:lena-hart"], id="a-resident"
        ),
        pytest.param(
            "Mira Oss, professor of chemistry at Dunmore University, said the gas was harmless.",
            ["person:mira-oss"],
            id="a-professor-speaks-for-herself",
        ),
        pytest.param(
            "Hal Doran, who dismissed Joe Kern, the Vellin police chief, said he was sorry.",
            ["person:hal-doran"],
            id="the-office-of-another",
        ),
        pytest.param(
            "Cllr June Abbott spoke first. Cllr Abbott said the road was unsafe.",
            ["person:june-abbott"],
            id="a-councillor",
        ),
    ],
)
def test_which_body_an_office_is_of(read: Callable[[str], Any], text: str, ids: list[str]) -> None:
    assert [entity.id for entity in read(text).spoken[-1].entities] == ids


def test_an_owner_who_is_spoken_to_is_no_body(read: Callable[[str], Any]) -> None:
    (claim,) = read("My lawyer said the plot had been bought.").spoken

    assert [entity.kind for entity in claim.entities] == ["group"]
