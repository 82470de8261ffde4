//! Programs for the endpoints that take a form of the client: those of `issueToken` with another
//! address and other fields, so that the way to authenticate is written once.

/// A form that a client posts.
pub(super) struct ClientForm {
    /// Behind the origin.
    path: &'static str,
    /// What is sent.
    fields: &'static [(&'static str, &'static str)],
    /// Whether the answer has a body worth printing.
    has_answer: bool,
}

/// The forms of the authorization server, by operation.
pub(super) fn form_of(operation_id: &str) -> Option<ClientForm> {
    const TOKEN: &[(&str, &str)] = &[("token", "the token")];
    let (path, fields, has_answer): (_, &[_], _) = match operation_id {
        "pushAuthorizationRequest" => (
            "/oauth/par",
            &[
                ("response_type", "code"),
                ("redirect_uri", "https://shop.example/callback"),
                ("scope", "openid payments:read"),
                ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
                ("code_challenge_method", "S256"),
            ],
            true,
        ),
        "authorizeDevice" => ("/oauth/device_authorization", &[("scope", "openid payments:read")], true),
        "introspectToken" => ("/oauth/introspect", TOKEN, true),
        "revokeToken" => ("/oauth/revoke", TOKEN, false),
        _ => return None,
    };
    Some(ClientForm { path, fields, has_answer })
}

/// The programs of `issueToken`, in the order of the tabs, made into those of a form.
pub(super) fn programs_of(form: &ClientForm, issue_token: [&str; 6]) -> Vec<String> {
    let [sh, py, ts, rs, java, go] = issue_token;
    let lines = |line: &dyn Fn(&str, &str) -> String| {
        form.fields.iter().map(|(name, value)| line(name, value)).collect::<Vec<_>>()
    };
    let shell = lines(&|name, value| format!("  --data-urlencode {name}=\"{value}\"")).join(" \\\n");
    let python = lines(&|name, value| format!("    \"{name}\": \"{value}\",\n")).concat();
    let script = lines(&|name, value| format!("    {name}: \"{value}\",\n")).concat();
    let rust = lines(&|name, value| format!("            (\"{name}\", \"{value}\"),\n")).concat();
    let java_body = lines(&|name, value| format!("{name}={}", form_encoded(value))).join("&");
    let golang = lines(&|name, value| format!("\t\t\"{name}\": {{\"{value}\"}},\n")).concat();
    let texts = [
        between(sh, "  -d grant_type", "", &format!("{shell}\n")),
        between(py, "    \"grant_type\"", "}).encode()", &python),
        between(ts, "    grant_type", "  }),", &script),
        between(rs, "            (\"grant_type\"", "        ])", &rust),
        between(java, "grant_type=", "\"))", &java_body),
        between(go, "\t\t\"grant_type\"", "\t}\n\trequest", &golang),
    ];
    texts.into_iter().map(|text| told(form, &text.replace("/oauth/token", form.path))).collect()
}

/// The text with what stands from `start` on, up to `end`, replaced.
fn between(text: &str, start: &str, end: &str, with: &str) -> String {
    let Some(from) = text.find(start) else { return text.to_owned() };
    let rest = &text[from..];
    let to = if end.is_empty() { rest.len() } else { rest.find(end).unwrap_or(rest.len()) };
    format!("{}{with}{}", &text[..from], &rest[to..])
}

/// Where there is nothing to print, the status is.
fn told(form: &ClientForm, text: &str) -> String {
    if form.has_answer {
        return text.to_owned();
    }
    [
        ("print(json.load(answer))", "print(answer.status)"),
        ("console.log(await answer.json())", "console.log(answer.status)"),
        ("// cargo add serde_json\n", ""),
        ("let answer: serde_json::Value", "let answer"),
        (".send()?\n        .json()?;", ".send()?;"),
        ("println!(\"{answer:#}\")", "println!(\"{}\", answer.status())"),
        ("answer.body()", "answer.statusCode()"),
        ("io.Copy(os.Stdout, answer.Body)", "io.WriteString(os.Stdout, answer.Status)"),
        ("curl \"", "curl -i \""),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (with_body, without)| text.replace(with_body, without))
}

fn form_encoded(value: &str) -> String {
    crate::percent_encoding::percent_encoded(value)
}
