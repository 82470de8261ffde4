//! Runs a target over its corpus and over what the mutator makes of it.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::mutator::Mutator;

/// How many inputs an ordinary run tries. It is a count, so that a slow machine tries as many.
const INPUTS: u64 = 5_000;
/// For how long the long form tries.
const DEEP: Duration = Duration::from_secs(60);
/// Whoever runs the tests twice gets the same inputs twice.
const SEED: u64 = 0x7461_6c6c_7970_6f72;

/// What a target makes of an input, in a word: a read value or the name of a refusal.
pub(crate) type Target = fn(&[u8]) -> String;

/// Tries a target. What has an outcome that was not seen before joins the corpus for the rest of the run, so
/// that the mutations get past one check after the other. Returns how much was tried.
pub(crate) fn drive(name: &str, words: &[&str], target: Target) -> String {
    let mut pool = corpus(name);
    let mut outcomes: HashSet<String> = pool.iter().map(|input| outcome(name, target, input)).collect();
    // A corpus of refusals only would leave the rest of the parser untried.
    assert!(outcomes.iter().any(|outcome| outcome.starts_with("read")), "{name}: {outcomes:?}");
    let of_corpus = outcomes.len();
    let mut mutator = Mutator::new(SEED, words);
    let (began, mut tried) = (Instant::now(), 0);
    let is_deep = std::env::var_os("TALLYPORT_TEST_DEEP").is_some();
    while if is_deep { began.elapsed() < DEEP } else { tried < INPUTS } {
        let input = mutator.next(&pool);
        if outcomes.insert(outcome(name, target, &input)) {
            pool.push(input);
        }
        tried += 1;
    }
    format!("{name}: {tried} inputs, {} outcomes, {of_corpus} of them by the corpus", outcomes.len())
}

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(name);
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{name} has no corpus");
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// Runs the target; when it panics, the input is told, so that it can be added to the corpus.
fn outcome(name: &str, target: Target, input: &[u8]) -> String {
    catch_unwind(AssertUnwindSafe(|| target(input)))
        .unwrap_or_else(|_| panic!("{name} broke at b\"{}\"", input.escape_ascii()))
}
