//! Several things at once, and what they print in one piece each.

use std::cell::RefCell;
use std::panic::resume_unwind;
use std::thread;

thread_local! {
    /// What this thread has printed, while somebody else has the terminal.
    static HELD: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Prints a line.
pub(crate) fn say(line: &str) {
    HELD.with_borrow_mut(|held| match held {
        Some(text) => text.extend([line, "\n"]),
        None => println!("{line}"),
    });
}

/// Does all of this at once and returns what came of each. The first one prints as it goes; what the others print
/// follows in their order, when each is through.
pub(crate) fn all<T: Send>(works: Vec<Box<dyn FnOnce() -> T + Send + '_>>) -> Vec<T> {
    thread::scope(|scope| {
        let mut works = works.into_iter();
        let first = works.next();
        let others: Vec<_> = works.map(|work| scope.spawn(|| held(work))).collect();
        let mut done: Vec<T> = first.into_iter().map(|work| work()).collect();
        for other in others {
            let (value, text) = other.join().unwrap_or_else(|panic| resume_unwind(panic));
            text.lines().for_each(say);
            done.push(value);
        }
        done
    })
}

fn held<T>(work: impl FnOnce() -> T) -> (T, String) {
    HELD.set(Some(String::new()));
    let value = work();
    (value, HELD.take().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A work that is through when all of them have begun.
    fn once_all_have_begun(barrier: &std::sync::Barrier, name: &'static str) -> &'static str {
        say(&format!("{name} begins"));
        barrier.wait();
        say(&format!("{name} ends"));
        name
    }

    #[test]
    fn what_is_done_at_once_is_told_one_after_the_other() {
        let barrier = &std::sync::Barrier::new(3);
        let works = ["a", "b", "c"].map(|name| Box::new(move || once_all_have_begun(barrier, name)) as Box<_>);
        let (done, text) = held(|| all(works.into()));
        assert_eq!(done, ["a", "b", "c"]);
        assert_eq!(text, "a begins\na ends\nb begins\nb ends\nc begins\nc ends\n");
    }
}
