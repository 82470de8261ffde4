//! Programs for each operation, in six languages. They run as they stand.

mod derived;

use self::derived::Derived;
use super::form_samples::{form_of, programs_of};
use crate::{components::CodeSample, samples::sample_file};

/// The languages, in the order of their tabs, each as it asks the environment for the `api_key`.
const LANGUAGES: [(&str, &str); 6] = [
    ("bash", "    # API_KEY and API_SECRET come from the environment"),
    ("python", r#"os.environ["API_KEY"]"#),
    ("typescript", r#"process.env.API_KEY ?? """#),
    ("rust", r#"env::var("API_KEY")?"#),
    ("java", r#"System.getenv("API_KEY")"#),
    ("go", r#"os.Getenv("API_KEY")"#),
];

macro_rules! programs {
    ($name:literal) => {
        [
            include_str!(concat!("samples/", $name, ".sh")),
            include_str!(concat!("samples/", $name, ".py")),
            include_str!(concat!("samples/", $name, ".ts")),
            include_str!(concat!("samples/", $name, ".rs")),
            include_str!(concat!("samples/", $name, ".java")),
            include_str!(concat!("samples/", $name, ".go")),
        ]
    };
}

/// The samples of an operation, with this installation's address in them and, when it is known, the
/// reader's own `api_key`. None for an operation that has no samples yet.
pub(crate) fn samples_of(operation_id: &str, origin: &str, api_key: Option<&str>) -> Vec<CodeSample> {
    programs(operation_id)
        .into_iter()
        .zip(LANGUAGES)
        .map(|(text, (language, from_environment))| {
            let text = text.replace("{{origin}}", origin);
            let text = match api_key {
                Some(key) => text.replacen(from_environment, &known_key(language, key), 1),
                None => text,
            };
            CodeSample::new(language, text.trim_end())
        })
        .collect()
}

fn programs(operation_id: &str) -> Vec<String> {
    let own = |texts: [&str; 6]| texts.map(str::to_owned).to_vec();
    match operation_id {
        "issueToken" => own(programs!("issue_token")),
        "getPayment" => own(programs!("get_payment")),
        "getUserinfo" => own(programs!("get_userinfo")),
        "createPayment" => {
            // Three of the six are the programs of the start page and of the quick start.
            let shared = ["payment.sh", "payment.py", "payment.ts"]
                .into_iter()
                .filter_map(|file| sample_file(file, "{{origin}}"));
            let rest = [
                include_str!("samples/create_payment.rs"),
                include_str!("samples/create_payment.java"),
                include_str!("samples/create_payment.go"),
            ];
            shared.chain(rest.map(str::to_owned)).collect()
        }
        other => match form_of(other) {
            Some(form) => programs_of(&form, programs!("issue_token")),
            None => derived(other),
        },
    }
}

fn derived(operation_id: &str) -> Vec<String> {
    let (from, turn) = match derived::derivation(operation_id) {
        Some(Derived::FromCreate(turn)) => ("createPayment", turn),
        Some(Derived::FromGet(turn)) => ("getPayment", turn),
        None => return Vec::new(),
    };
    programs(from).iter().map(|program| turn(operation_id, program)).collect()
}

/// The key as a literal of the language, in place of what asked the environment.
fn known_key(language: &str, key: &str) -> String {
    match language {
        "bash" => format!("    # API_SECRET comes from the environment\nAPI_KEY={key}"),
        "rust" => format!("\"{key}\".to_owned()"),
        _ => format!("\"{key}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, programs, samples_of};

    const OPERATIONS: [&str; 10] = [
        "issueToken",
        "createPayment",
        "getPayment",
        "createRefund",
        "getTopUp",
        "listEvents",
        "pushAuthorizationRequest",
        "authorizeDevice",
        "introspectToken",
        "revokeToken",
    ];

    #[test]
    fn every_program_asks_for_the_key_once_in_its_languages_way() {
        for operation in OPERATIONS {
            let programs = programs(operation);
            assert_eq!(programs.len(), LANGUAGES.len(), "{operation}");
            for (text, (language, from_environment)) in programs.iter().zip(LANGUAGES) {
                assert_eq!(text.matches(from_environment).count(), 1, "{operation} in {language}");
                assert!(text.contains("{{origin}}"), "{operation} in {language}");
            }
        }
    }

    #[test]
    fn address_and_key_are_filled_in() {
        for operation in OPERATIONS {
            for sample in samples_of(operation, "https://pay.example", Some("ak_mine")) {
                assert!(sample.text.contains("https://pay.example"), "{}", sample.language);
                assert!(sample.text.contains("ak_mine"), "{}", sample.language);
                assert!(!sample.text.contains("{{"), "{}", sample.language);
            }
        }
    }

    #[test]
    fn an_operation_without_programs_has_no_samples() {
        assert!(samples_of("makeCoffee", "", None).is_empty());
    }
}
