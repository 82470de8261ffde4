//! What a ratio has to be: a floor that every release keeps, and an aim.

/// Floor and aim of a ratio, in thousandths.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Goal {
    better: Better,
    floor: u64,
    aim: u64,
}

#[derive(Debug, Clone, Copy)]
enum Better {
    More,
    Less,
}

impl Goal {
    /// The more the better.
    pub(crate) const fn at_least(floor: u64, aim: u64) -> Self {
        Self { better: Better::More, floor, aim }
    }

    /// The less the better.
    pub(crate) const fn at_most(floor: u64, aim: u64) -> Self {
        Self { better: Better::Less, floor, aim }
    }

    /// How a figure does, in words.
    pub(crate) fn verdict(self, thousandths: u64) -> String {
        let (floor, aim) = (decimal(self.floor), decimal(self.aim));
        let reaches = |goal| match self.better {
            Better::More => thousandths >= goal,
            Better::Less => thousandths <= goal,
        };
        let missed = match self.better {
            Better::More => "UNDER",
            Better::Less => "OVER",
        };
        match (reaches(self.floor), reaches(self.aim)) {
            (true, true) => format!("within the floor {floor} and the aim {aim}"),
            (true, false) => format!("within the floor {floor}, not the aim {aim}"),
            (false, _) => format!("{missed} the floor {floor} (aim {aim})"),
        }
    }
}

/// Thousandths as a decimal without zeros at its end.
fn decimal(thousandths: u64) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_reached_at_its_very_figure_and_missed_right_beside_it() {
        let rate = Goal::at_least(500, 650);
        assert_eq!(rate.verdict(650), "within the floor 0.5 and the aim 0.65");
        assert_eq!(rate.verdict(649), "within the floor 0.5, not the aim 0.65");
        assert_eq!(rate.verdict(500), "within the floor 0.5, not the aim 0.65");
        assert_eq!(rate.verdict(499), "UNDER the floor 0.5 (aim 0.65)");
        let time = Goal::at_most(10_000, 4_000);
        assert_eq!(time.verdict(4_000), "within the floor 10 and the aim 4");
        assert_eq!(time.verdict(10_000), "within the floor 10, not the aim 4");
        assert_eq!(time.verdict(10_001), "OVER the floor 10 (aim 4)");
    }
}
