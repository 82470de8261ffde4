//! From figures to the geometry of a plot, in whole numbers only.

use crate::i18n::number::grouped;

/// The picture's width in its own units; the style sheet stretches it to the frame.
pub(super) const WIDTH: i64 = 600;
/// The picture's height in its own units.
pub(super) const HEIGHT: i64 = 160;
/// Grid lines above the base line.
pub(super) const STEPS: i64 = 4;

/// The top of the scale: the smallest of 4, 8, 12 or 20 times a power of ten, which divides into
/// [`STEPS`] whole steps, that leaves nothing outside.
pub(super) fn top_of_scale(largest: i64) -> i64 {
    let mut power = 1_i64;
    loop {
        for factor in [4, 8, 12, 20] {
            let top = factor * power;
            if top >= largest {
                return top;
            }
        }
        match power.checked_mul(10) {
            Some(next) if next <= i64::MAX / 100 => power = next,
            _ => return largest,
        }
    }
}

/// A value as people read it: its thousands set apart, and its last digits behind the point.
pub(super) fn figure(value: i64, decimals: usize) -> String {
    let digits = format!("{:0width$}", value.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let sign = if value < 0 { "-" } else { "" };
    let point = if decimals == 0 { "" } else { "." };
    format!("{sign}{}{point}{fraction}", grouped(whole))
}

/// The `d` of a line through the values, left to right.
pub(super) fn line(values: &[i64], top: i64) -> String {
    let last = i64::try_from(values.len()).unwrap_or(i64::MAX).saturating_sub(1).max(1);
    values
        .iter()
        .zip(0_i64..)
        .map(|(value, index)| {
            let mark = if index == 0 { 'M' } else { 'L' };
            format!("{mark}{} {}", index * WIDTH / last, height_of(*value, top))
        })
        .collect()
}

/// The vertical position of a value; what leaves the scale is drawn at its edge.
pub(super) fn height_of(value: i64, top: i64) -> i64 {
    let within = i128::from(value.clamp(0, top));
    let up = within * i128::from(HEIGHT) / i128::from(top.max(1));
    HEIGHT - i64::try_from(up).unwrap_or(HEIGHT)
}

#[cfg(test)]
mod tests {
    use super::{HEIGHT, WIDTH, figure, height_of, line, top_of_scale};

    #[test]
    fn scale_ends_on_a_round_number_at_or_above_the_largest_value() {
        for (largest, top) in [(0, 4), (3, 4), (5, 8), (9, 12), (21, 40), (95, 120), (401, 800)] {
            assert_eq!(top_of_scale(largest), top, "{largest}");
        }
        assert!(top_of_scale(i64::MAX) >= i64::MAX / 100);
    }

    #[test]
    fn figures_have_the_decimals_of_their_unit() {
        let shown = [(0, 2), (5, 2), (-5, 2), (12_345, 2), (12_345, 0), (1, 3)].map(|(value, to)| figure(value, to));
        assert_eq!(shown, ["0.00", "0.05", "-0.05", "123.45", "12,345", "0.001"]);
    }

    #[test]
    fn line_reaches_from_edge_to_edge() {
        assert_eq!(line(&[0, 4, 2], 4), format!("M0 {HEIGHT}L300 0L{WIDTH} {}", HEIGHT / 2));
    }

    #[test]
    fn empty_and_single_series_draw_without_dividing_by_zero() {
        assert_eq!(line(&[], 4), "");
        assert_eq!(line(&[4], 4), "M0 0");
    }

    #[test]
    fn values_outside_the_scale_stay_in_the_picture() {
        assert_eq!(height_of(-5, 4), HEIGHT);
        assert_eq!(height_of(i64::MAX, 4), 0);
    }
}
