//! What a message means, apart from how it looks.

use super::icon::IconName;

/// The meaning that colours and icons express together, so that none rests on colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tone {
    #[default]
    Plain,
    Good,
    Caution,
    Bad,
    Note,
}

impl Tone {
    /// Every tone, for the page that shows them all.
    pub(crate) const ALL: [Self; 5] = [Self::Plain, Self::Good, Self::Caution, Self::Bad, Self::Note];

    /// The class that gives `base` this tone, with `base` itself before it.
    pub(crate) fn class(self, base: &str) -> String {
        match self {
            Self::Plain => base.to_owned(),
            Self::Good => format!("{base} {base}-good"),
            Self::Caution => format!("{base} {base}-caution"),
            Self::Bad => format!("{base} {base}-bad"),
            Self::Note => format!("{base} {base}-note"),
        }
    }

    pub(crate) const fn icon(self) -> IconName {
        match self {
            Self::Plain | Self::Note => IconName::Info,
            Self::Good => IconName::Check,
            Self::Caution | Self::Bad => IconName::Alert,
        }
    }
}
