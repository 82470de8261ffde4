//! Programs that differ from those for payments in path, body and names only.

/// A call that moves money: its path and the members of its body, all of them texts.
struct Post {
    operation: &'static str,
    path: &'static str,
    body: &'static [(&'static str, &'static str)],
}

const POSTS: [Post; 8] = [
    Post { operation: "echo", path: "/v1/echo", body: &[("hello", "world")] },
    Post {
        operation: "capturePayment",
        path: "/v1/payments/pay_01kaemzd2w5n8h9qv7c3r4t6yb/capture",
        body: &[("amount", "60.00"), ("currency", "USD")],
    },
    Post { operation: "cancelPayment", path: "/v1/payments/pay_01kaemzd2w5n8h9qv7c3r4t6yb/cancel", body: &[] },
    Post {
        operation: "createRefund",
        path: "/v1/refunds",
        body: &[("payment_id", "pay_01kaemzd2w5n8h9qv7c3r4t6yb"), ("amount", "40.00"), ("currency", "USD")],
    },
    Post {
        operation: "createTransfer",
        path: "/v1/transfers",
        body: &[("to_account", "acct_01kaemzd2w5n8h9qv7c3r4t6yb"), ("amount", "25.00"), ("currency", "USD")],
    },
    Post { operation: "createTopUp", path: "/v1/top_ups", body: &[("amount", "500.00"), ("currency", "USD")] },
    Post {
        operation: "moveSandboxClock",
        path: "/v1/sandbox/clock",
        // A fixed time would be behind some day.
        body: &[("state", "frozen")],
    },
    Post { operation: "createWithdrawal", path: "/v1/withdrawals", body: &[("amount", "500.00"), ("currency", "USD")] },
];

/// A call that reads one object: the collection, the object's name in programs, and how its ids begin.
const GETS: [(&str, &str, &str, &str); 5] = [
    ("getRefund", "/v1/refunds", "refund", "rfd"),
    ("getTransfer", "/v1/transfers", "transfer", "trf"),
    ("getTopUp", "/v1/top_ups", "topUp", "top"),
    ("getWithdrawal", "/v1/withdrawals", "withdrawal", "wdl"),
    ("getEvent", "/v1/events", "event", "evt"),
];

/// A call that reads what has no id: a list, or the one thing of its kind.
const LISTS: [(&str, &str); 10] = [
    ("getApplication", "/v1/application"),
    ("listPayments", "/v1/payments"),
    ("listRefunds", "/v1/refunds"),
    ("listTransfers", "/v1/transfers"),
    ("listTopUps", "/v1/top_ups"),
    ("listWithdrawals", "/v1/withdrawals"),
    ("listBalances", "/v1/balances"),
    ("listLedgerEntries", "/v1/ledger_entries?currency=USD"),
    ("listEvents", "/v1/events"),
    ("getSandboxClock", "/v1/sandbox/clock"),
];

/// What an operation's programs are made from.
pub(super) enum Derived {
    /// From those that make a payment.
    FromCreate(fn(&str, &str) -> String),
    /// From those that read a payment.
    FromGet(fn(&str, &str) -> String),
}

/// How the programs of an operation come about; none when it is not derived.
pub(super) fn derivation(operation: &str) -> Option<Derived> {
    if POSTS.iter().any(|post| post.operation == operation) {
        return Some(Derived::FromCreate(post));
    }
    if GETS.iter().any(|get| get.0 == operation) {
        return Some(Derived::FromGet(get));
    }
    LISTS.iter().any(|list| list.0 == operation).then_some(Derived::FromGet(list))
}

/// The body of the payment in each language, with what stands around its members.
const BODIES: [&str; 6] = [
    r#"{"order_id":"A-'$(date +%s)'","amount":"100.00","currency":"USD","method":"card_ok"}"#,
    "    \"order_id\": f\"A-{int(time.time())}\",\n    \"amount\": \"100.00\",\n    \"currency\": \"USD\",\n    \"method\": \"card_ok\",\n",
    "  order_id: `A-${Date.now()}`,\n  amount: \"100.00\",\n  currency: \"USD\",\n  method: \"card_ok\",\n",
    "        \"order_id\": format!(\"A-{now}\"),\n        \"amount\": \"100.00\",\n        \"currency\": \"USD\",\n        \"method\": \"card_ok\",\n",
    "{\"order_id\":\"A-%d\",\"amount\":\"100.00\",\"currency\":\"USD\",\"method\":\"card_ok\"}\"\"\".formatted(now)",
    "fmt.Sprintf(`{\"order_id\":\"A-%d\",\"amount\":\"100.00\",\"currency\":\"USD\",\"method\":\"card_ok\"}`, now)",
];

fn post(operation: &str, program: &str) -> String {
    let Some(post) = POSTS.iter().find(|post| post.operation == operation) else { return program.to_owned() };
    let json = || {
        let members: Vec<String> = post.body.iter().map(|(name, value)| format!("\"{name}\":\"{value}\"")).collect();
        format!("{{{}}}", members.join(","))
    };
    let lines = |indent: &str, quote: &str| -> String {
        post.body.iter().map(|(name, value)| format!("{indent}{quote}{name}{quote}: \"{value}\",\n")).collect()
    };
    let bodies = [
        json(),
        lines("    ", "\""),
        lines("  ", ""),
        lines("        ", "\""),
        format!("{}\"\"\"", json()),
        format!("`{}`", json()),
    ];
    let with_body = BODIES.iter().zip(bodies).fold(program.to_owned(), |text, (from, to)| text.replace(from, &to));
    with_body.replace("/v1/payments", post.path)
}

fn get(operation: &str, program: &str) -> String {
    let Some((_, path, name, prefix)) = GETS.iter().find(|get| get.0 == operation) else { return program.to_owned() };
    let mut capital = name[..1].to_uppercase();
    capital.push_str(&name[1..]);
    let words: String =
        name.chars().flat_map(|c| c.is_uppercase().then_some('_').into_iter().chain(c.to_lowercase())).collect();
    program
        .replace("/v1/payments", path)
        .replace("paymentI", &format!("{name}I"))
        .replace("Payment", &capital)
        .replace("PAYMENT", &words.to_uppercase())
        .replace("payment", &words)
        .replace("pay_", &format!("{prefix}_"))
}

fn list(operation: &str, program: &str) -> String {
    let Some((_, path)) = LISTS.iter().find(|list| list.0 == operation) else { return program.to_owned() };
    // The line that takes the id is the one that shows what an id looks like.
    let lines: Vec<&str> = program.lines().filter(|line| !line.contains("pay_01k")).collect();
    let mut name = operation[..1].to_uppercase();
    name.push_str(&operation[1..]);
    lines
        .join("\n")
        .replace("os, sys, urllib", "os, urllib")
        .replace("f\"/v1/payments/{payment_id}\"", &format!("\"{path}\""))
        .replace("/v1/payments/$PAYMENT", path)
        .replace("/v1/payments/${paymentId}", path)
        .replace("/v1/payments/{payment_id}", path)
        .replace("/v1/payments/\" + paymentId", &format!("{path}\""))
        .replace("/v1/payments/\"+paymentID", &format!("{path}\""))
        .replace("GetPayment", &name)
        .replace("let payment:", "let page:")
        .replace("{payment:#}", "{page:#}")
}

#[cfg(test)]
mod tests {
    use super::super::programs;
    use super::{GETS, LISTS, POSTS};

    #[test]
    fn derived_programs_call_their_own_path_and_keep_nothing_of_the_payment() {
        for post in POSTS {
            for text in programs(post.operation) {
                assert!(text.contains(post.path), "{} {text}", post.operation);
                assert!(!text.contains("order_id") && !text.contains("card_ok"), "{} {text}", post.operation);
                assert!(post.body.iter().all(|(_, value)| text.contains(value)), "{} {text}", post.operation);
            }
        }
        for (operation, path, ..) in GETS {
            for text in programs(operation) {
                assert!(text.contains(path), "{operation} {text}");
                assert!(!text.to_lowercase().contains("payment") && !text.contains("pay_"), "{operation} {text}");
            }
        }
        for (operation, path) in LISTS {
            for text in programs(operation) {
                assert!(text.contains(path), "{operation} {text}");
                assert!(!text.contains("paymentI") && !text.contains("payment_id"), "{operation} {text}");
                assert!(!text.contains("pay_") && !text.contains("$PAYMENT"), "{operation} {text}");
            }
        }
    }
}
