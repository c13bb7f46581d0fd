from collections.abc import Callable
from typing import Any

import pytest

from tasks.model.claim import Act, Certainty, Position

FOR, AGAINST, NONE = Position.FOR, Position.AGAINST, Position.NONE


@pytest.mark.parametrize(
    ("text", "act", "position"),
    [
        pytest.param("Iran said it had supplied drones.", Act.ASSERT, FOR, id="assertion"),
        pytest.param("Iran said it did not supply drones.", Act.ASSERT, AGAINST, id="negated-assertion"),
        pytest.param("No agreement was reached, she said.", Act.ASSERT, AGAINST, id="no-noun"),
        pytest.param('"Nobody was hurt," a police spokesman said.', Act.ASSERT, AGAINST, id="nobody"),
        pytest.param("Police said the depot held nothing but salt.", Act.ASSERT, FOR, id="nothing-but"),
        pytest.param("Police said not only the gate was broken.", Act.ASSERT, FOR, id="not-only"),
        pytest.param("No fewer than seven ships sank, police said.", Act.ASSERT, FOR, id="no-fewer-than"),
        pytest.param("The claims are false, he said.", Act.ASSERT, AGAINST, id="says-false"),
        pytest.param("Investigators found no evidence of sabotage.", Act.ASSERT, AGAINST, id="no-evidence"),
        pytest.param("The company denied any wrongdoing.", Act.DENY, AGAINST, id="denial"),
        pytest.param("North Korea has long denied sending troops.", Act.DENY, AGAINST, id="denial-gerund"),
        pytest.param("The army denied that it fired first.", Act.DENY, AGAINST, id="denial-clause"),
        pytest.param("Hungary rejected accusations that it had misused funds.", Act.DENY, AGAINST, id="rejection"),
        pytest.param("The firm rejected as groundless the claim that it lied.", Act.DENY, AGAINST, id="groundless"),
        pytest.param("The senator dismissed claims that he had lied as baseless.", Act.DENY, AGAINST, id="baseless"),
        pytest.param("The spokesman called the report false.", Act.DENY, AGAINST, id="called-false"),
        pytest.param("Police have ruled out terrorism.", Act.DENY, AGAINST, id="ruled-out"),
        pytest.param("Police have not ruled out terrorism.", Act.HEDGE, FOR, id="not-ruled-out"),
        pytest.param("Officials refused to rule out a link.", Act.DECLINE, NONE, id="refuses-to-rule-out"),
        pytest.param("The minister neither confirmed nor denied the report.", Act.DECLINE, NONE, id="neither-nor"),
        pytest.param("The bank has yet to confirm the breach.", Act.DECLINE, NONE, id="yet-to-confirm"),
        pytest.param("The ministry declined to comment on the allegations.", Act.DECLINE, NONE, id="declines"),
        pytest.param("He would not say whether he would resign.", Act.DECLINE, NONE, id="would-not-say"),
        pytest.param("Prosecutors allege that the mayor took bribes.", Act.ALLEGE, FOR, id="allegation"),
        pytest.param("It is alleged that the mayor took bribes.", Act.ALLEGE, FOR, id="agentless"),
        pytest.param("The union accused the airline of hiding the leak.", Act.ACCUSE, FOR, id="accusation"),
        pytest.param("The airline was accused of hiding the leak.", Act.ACCUSE, FOR, id="accusation-passive"),
        pytest.param("The Pentagon confirmed that two soldiers had died.", Act.CONFIRM, FOR, id="confirmation"),
        pytest.param("France condemned the transfer of arms to the rebels.", Act.JUDGE, FOR, id="judgement"),
        pytest.param("The ministers voiced concern over the flow of arms.", Act.JUDGE, FOR, id="concern"),
        pytest.param("South Korea suggested that the North sold shells.", Act.HEDGE, FOR, id="hedge"),
        pytest.param("France urged Israel to allow aid into Gaza.", Act.URGE, NONE, id="urging"),
        pytest.param("Orvane calls on the union to withdraw its accusation.", Act.URGE, NONE, id="calls-on"),
        pytest.param('"We demand a public apology," the mayor said.', Act.URGE, NONE, id="demand-in-own-words"),
        pytest.param("The premier promised to cut taxes by June.", Act.PROMISE, NONE, id="promise"),
        pytest.param("The two ministers agreed to meet again in Geneva.", Act.PROMISE, NONE, id="agreed-to"),
        pytest.param("The former mayor retracted his statement.", Act.RETRACT, AGAINST, id="retraction"),
        pytest.param("Turkey supports the resolution.", Act.ATTITUDE, NONE, id="attitude"),
        pytest.param("Moscow does not believe that Paris sent missiles.", Act.ASSERT, AGAINST, id="negation-raised"),
    ],
)
def test_act_and_position(read: Callable[[str], Any], text: str, act: Act, position: Position) -> None:
    found = [(claim.act, claim.position) for claim in read(text).spoken]

    assert found[:1] == [(act, position)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The judge denied him bail.", id="refused-bail"),
        pytest.param("The court denied bail to the suspect.", id="refused-bail-to"),
        pytest.param("Lawmakers rejected the budget.", id="rejected-budget"),
        pytest.param("The president dismissed the minister.", id="dismissed-minister"),
        pytest.param("What did the minister say?", id="question"),
        pytest.param("The visit underscores the alliance.", id="a-visit-says-nothing"),
        pytest.param("Asked whether the lift was safe, the caretaker laughed.", id="a-question-put-to-him"),
        pytest.param("The caretaker laughed when asked about the lift.", id="when-asked"),
        pytest.param("The guests were asked if they had slept.", id="were-asked-if"),
        pytest.param("Asked to explain the noise, the caretaker laughed.", id="asked-to-explain"),
        pytest.param("The manual calls for three screws.", id="a-manual-says-nothing"),
        pytest.param("If she says that it rained, they will leave.", id="condition"),
    ],
)
def test_what_claims_nothing(read: Callable[[str], Any], text: str) -> None:
    assert [claim.act for claim in read(text).spoken] == []


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        pytest.param("Officials said the river may burst its banks.", Certainty.POSSIBLE, id="may"),
        pytest.param("Officials said the river will probably rise.", Certainty.PROBABLE, id="probably"),
        pytest.param("Analysts believe that the deal is dead.", Certainty.PROBABLE, id="believe"),
        pytest.param("Officials said the river rose.", Certainty.CERTAIN, id="plain"),
    ],
)
def test_certainty(read: Callable[[str], Any], text: str, certainty: Certainty) -> None:
    assert read(text).spoken[0].certainty is certainty


@pytest.mark.parametrize(
    ("text", "distanced"),
    [
        pytest.param("Police said the firm allegedly paid a bribe.", True, id="allegedly"),
        pytest.param("Prosecutors alleged that the firm paid a bribe.", False, id="the-cue-itself"),
        pytest.param('Police said the firm "allegedly" paid a bribe.', False, id="in-a-quotation"),
    ],
)
def test_the_outlet_keeps_its_distance(read: Callable[[str], Any], text: str, distanced: bool) -> None:
    assert read(text).spoken[0].distanced is distanced
