//! What a submission says: one text per field, and the rules that it has to meet when it is submitted.
//! A draft may break them all.

use std::collections::BTreeMap;

use super::countries;
use super::permission::PermissionSet;
use crate::text_enum::text_enum;

/// The most characters of a longer answer.
pub const ANSWER_CHARS_MAX: usize = 4_000;
/// The most characters of an answer on one line.
pub const CONTACT_CHARS_MAX: usize = 200;
/// So many characters at least say what an application does.
pub const PURPOSE_CHARS_MIN: usize = 30;

text_enum! {
    /// One thing that a submission says. Administrators may remark on each.
    Field {
        /// What the application does.
        Purpose => "purpose",
        /// Which permissions it needs.
        Permissions => "permissions",
        /// The company's name as it is registered.
        LegalName => "legal_name",
        /// Its number in the register.
        RegistrationNumber => "registration_number",
        /// Where it is registered: ISO 3166-1, two letters.
        Country => "country",
        /// Where its customers find it.
        Website => "website",
        /// Who answers questions.
        ContactName => "contact_name",
        /// Where they are reached.
        ContactEmail => "contact_email",
        /// How much it expects to take in a month.
        MonthlyVolume => "monthly_volume",
        /// The papers; the answer itself lies elsewhere.
        Documents => "documents",
    }
}

text_enum! {
    /// How much an application expects to take in a month, in US dollars or as much in others.
    Volume {
        /// Less than 10,000.
        Small => "under_10k",
        /// 10,000 to 100,000.
        Medium => "10k_to_100k",
        /// 100,000 to a million.
        Large => "100k_to_1m",
        /// One to ten million.
        Great => "1m_to_10m",
        /// More than ten million.
        Huge => "over_10m",
    }
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldFault {
    /// There is none.
    Missing,
    /// It says too little.
    TooShort,
    /// It is too long.
    TooLong,
    /// It is not what the field takes.
    Malformed,
    /// Only permissions are named that the application has already.
    NothingNew,
}

/// The answers of a submission or a draft, as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers(BTreeMap<Field, String>);

/// What checked answers come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What is asked for.
    pub permissions: PermissionSet,
}

impl Answers {
    /// The answer of a field; none is an empty text.
    #[must_use]
    pub fn get(&self, field: Field) -> &str {
        self.0.get(&field).map_or("", String::as_str)
    }

    /// Sets an answer: line ends become plain, blanks around it go.
    pub fn set(&mut self, field: Field, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.trim();
        if text.is_empty() {
            self.0.remove(&field);
        } else {
            self.0.insert(field, text.to_owned());
        }
    }

    /// The answers that there are.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(field, text)| (*field, text.as_str()))
    }

    /// The permissions that are named; what is none counts as absent.
    #[must_use]
    pub fn permissions(&self) -> PermissionSet {
        self.get(Field::Permissions).split(' ').filter_map(|name| name.parse().ok()).collect()
    }

    /// How many of the fields are answered as they should be.
    #[must_use]
    pub fn complete(&self, had: &PermissionSet, documents: usize) -> usize {
        let faults = self.check(had, documents).err().unwrap_or_default();
        Field::ALL.iter().filter(|field| faults.iter().all(|(faulty, _)| faulty != *field)).count()
    }

    /// Checks everything. `had` is what the application has already.
    pub fn check(&self, had: &PermissionSet, documents: usize) -> Result<Checked, Vec<(Field, FieldFault)>> {
        let faults: Vec<_> = Field::ALL
            .iter()
            .filter_map(|field| self.fault(*field, had, documents).map(|fault| (*field, fault)))
            .collect();
        if faults.is_empty() { Ok(Checked { permissions: self.permissions().without(had) }) } else { Err(faults) }
    }

    fn fault(&self, field: Field, had: &PermissionSet, documents: usize) -> Option<FieldFault> {
        if field == Field::Documents {
            return (documents == 0).then_some(FieldFault::Missing);
        }
        let text = self.get(field);
        if text.is_empty() {
            return Some(FieldFault::Missing);
        }
        let is_long = field == Field::Purpose;
        let chars = text.chars().count();
        if chars > if is_long { ANSWER_CHARS_MAX } else { CONTACT_CHARS_MAX } {
            return Some(FieldFault::TooLong);
        }
        if text.chars().any(|letter| letter.is_control() && !(is_long && letter == '\n')) {
            return Some(FieldFault::Malformed);
        }
        let malformed = |is_fine: bool| (!is_fine).then_some(FieldFault::Malformed);
        match field {
            Field::Purpose => (chars < PURPOSE_CHARS_MIN).then_some(FieldFault::TooShort),
            Field::Permissions => match text.parse::<PermissionSet>() {
                Err(_) => Some(FieldFault::Malformed),
                Ok(wanted) => wanted.without(had).is_empty().then_some(FieldFault::NothingNew),
            },
            Field::Country => malformed(countries::CODES.contains(&text)),
            Field::Website => malformed(is_website(text)),
            Field::ContactEmail => malformed(is_email(text)),
            Field::MonthlyVolume => malformed(text.parse::<Volume>().is_ok()),
            Field::LegalName | Field::RegistrationNumber | Field::ContactName | Field::Documents => None,
        }
    }
}

/// An address of the web, without anything that could be taken for another.
fn is_website(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let labels = || name.split('.');
    labels().count() >= 2
        && labels()
            .all(|label| !label.is_empty() && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-'))
        && !text.chars().any(|letter| letter.is_whitespace() || matches!(letter, '@' | '\\' | '"' | '<' | '>'))
}

fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let is_plain = |part: &str| !part.is_empty() && !part.chars().any(|letter| letter.is_whitespace() || letter == '@');
    is_plain(local) && is_plain(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::approval::Permission;

    fn complete() -> Answers {
        let mut answers = Answers::default();
        for (field, text) in [
            (Field::Purpose, "Sells printed books to readers in Europe."),
            (Field::Permissions, "payments refunds"),
            (Field::LegalName, "Bookshop GmbH"),
            (Field::RegistrationNumber, "HRB 1234"),
            (Field::Country, "DE"),
            (Field::Website, "https://books.example/shop"),
            (Field::ContactName, "Ada"),
            (Field::ContactEmail, "ada@books.example"),
            (Field::MonthlyVolume, "10k_to_100k"),
        ] {
            answers.set(field, text);
        }
        answers
    }

    fn faults(answers: &Answers) -> Vec<(Field, FieldFault)> {
        answers.check(&PermissionSet::default(), 1).unwrap_err()
    }

    #[test]
    fn nothing_typed_is_missing_everywhere() {
        let expected: Vec<_> = Field::ALL.iter().map(|field| (*field, FieldFault::Missing)).collect();
        assert_eq!(Answers::default().check(&PermissionSet::default(), 0), Err(expected));
        assert_eq!(Answers::default().complete(&PermissionSet::default(), 0), 0);
    }

    #[test]
    fn complete_answers_come_to_what_is_new() {
        let had: PermissionSet = [Permission::Payments].into_iter().collect();
        let checked = complete().check(&had, 1).unwrap();
        assert_eq!(checked.permissions.to_string(), "refunds");
        assert_eq!(complete().complete(&had, 1), Field::ALL.len());
        let all: PermissionSet = Permission::ALL.iter().copied().collect();
        assert_eq!(complete().check(&all, 1), Err(vec![(Field::Permissions, FieldFault::NothingNew)]));
    }

    #[test]
    fn each_field_takes_its_own_form_only() {
        for (field, text) in [
            (Field::Country, "Germany"),
            (Field::Country, "ZZ"),
            (Field::Country, "de"),
            (Field::Website, "javascript:alert(1)"),
            (Field::Website, "https://"),
            (Field::Website, "https://localhost"),
            (Field::Website, "https://bank.example@evil.example/"),
            (Field::Website, "https://a.example/\"><script>"),
            (Field::ContactEmail, "ada"),
            (Field::ContactEmail, "ada@books"),
            (Field::ContactEmail, "a@b.example, c@d.example"),
            (Field::MonthlyVolume, "a lot"),
            (Field::Permissions, "payments admin"),
            (Field::LegalName, "Book\nshop"),
            (Field::ContactName, "Ada\u{7}"),
        ] {
            let mut answers = complete();
            answers.set(field, text);
            assert_eq!(faults(&answers), [(field, FieldFault::Malformed)], "{text}");
        }
    }

    #[test]
    fn lengths_are_counted_in_characters() {
        let mut answers = complete();
        answers.set(Field::Purpose, &"书".repeat(ANSWER_CHARS_MAX));
        assert!(answers.check(&PermissionSet::default(), 1).is_ok());
        answers.set(Field::Purpose, &"书".repeat(ANSWER_CHARS_MAX + 1));
        answers.set(Field::LegalName, &"x".repeat(CONTACT_CHARS_MAX + 1));
        assert_eq!(faults(&answers), [(Field::Purpose, FieldFault::TooLong), (Field::LegalName, FieldFault::TooLong)]);
        answers = complete();
        answers.set(Field::Purpose, "Sells books.");
        assert_eq!(faults(&answers), [(Field::Purpose, FieldFault::TooShort)]);
    }

    #[test]
    fn line_ends_of_browsers_make_no_difference() {
        let (mut typed, mut stored) = (complete(), complete());
        typed.set(Field::Purpose, "  Sells printed books.\r\nTo readers in Europe. ");
        stored.set(Field::Purpose, "Sells printed books.\nTo readers in Europe.");
        assert_eq!(typed, stored);
    }
}
