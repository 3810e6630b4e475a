"""Several people who decide about a small run, for tests of what they may see of one another's decisions."""

from pathlib import Path

from review_study import usual_run
from themes.records.assignment import Assignment
from themes.review.assigning import add_assignments
from themes.review.deciding import decided
from themes.review.held import Held
from themes.review.study import Newest
from themes.store.review_log import ReviewLog
from themes.store.review_records import add_decisions


class Around:
    """A log, a run, and what people hold of it."""

    def __init__(self, outputs: Path) -> None:
        usual_run(outputs)
        self.log = ReviewLog(str(outputs / "review.db"), "small")
        self.study = Newest(outputs).study()
        self.held = Held(self.log, self.study)
        self.acts = 0

    def act(self) -> str:
        self.acts += 1
        return f"a{self.acts:020}"

    def give(self, unit_id: str, *people: str, of_case: bool = False) -> None:
        add_assignments(self.log, [Assignment(unit_id, of_case, people)], act_id=self.act(), by="lee")
        self.held.catch_up()

    def decide(self, who: str, segment_id: str, *codes: str, complete: bool = True) -> bool:
        """Whether it is hidden afterwards."""
        own = [code for code, applies in self.held.by_coder(segment_id, who).items() if applies]
        said = decided(
            self.study, segment_id, codes, shown=(), held=own, complete=complete, act_id=self.act(), coder_id=who
        )
        add_decisions(self.log, said)
        self.held.catch_up()
        return self.held.is_hidden(segment_id)
