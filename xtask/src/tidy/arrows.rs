//! Who may know whom: between our crates, and which of them may know certain libraries.

use super::Finding;
use super::packages::{Dependency, Package};

const OURS: &str = "tallyport-";

/// Each crate with those it may use. A crate that is not here may not exist.
const ARROWS: [(&str, &[&str]); 10] = [
    ("domain", &[]),
    ("contract", &["domain"]),
    ("storage", &["domain"]),
    ("service", &["storage", "contract", "domain"]),
    ("sdk", &["contract", "domain"]),
    ("app", &["contract", "domain", "service"]),
    ("frontend", &["app"]),
    ("server", &["app", "service", "contract", "storage", "domain"]),
    ("bench", &["sdk", "service", "contract", "storage", "domain"]),
    ("xtask", &[]),
];

/// What only a crate's tests may use. The sdk is a client: the server's tests call through it.
const IN_TESTS: [(&str, &[&str]); 1] = [("server", &["sdk"])];

/// Libraries that belong to some rooms only. What is not here is free, except in `domain`.
const LIBRARIES: [(&str, &[&str]); 6] = [
    ("sqlx", &["storage"]),
    ("axum", &["app", "server"]),
    ("leptos", &["app", "frontend", "server"]),
    ("leptos_axum", &["app", "server"]),
    ("clap", &["bench", "server", "xtask"]),
    ("hyper", &["server"]),
];

/// What would give `domain` a clock, chance, a file, a socket or a task.
const IMPURE: [&str; 12] = [
    "tokio",
    "futures",
    "futures-util",
    "async-trait",
    "rand",
    "rand_core",
    "getrandom",
    "aws-lc-rs",
    "reqwest",
    "tracing",
    "metrics",
    "chrono",
];

pub(crate) fn check(packages: &[Package]) -> Vec<Finding> {
    packages.iter().flat_map(of_package).collect()
}

fn of_package(package: &Package) -> Vec<Finding> {
    let manifest = format!("{} (Cargo.toml)", package.name);
    let found = |what: String| Finding::new(&manifest, 1, what);
    let Some(room) = package.name.strip_prefix(OURS) else {
        return vec![found(format!("a crate of ours is named {OURS}…"))];
    };
    let Some((_, may_use)) = ARROWS.iter().find(|(name, _)| *name == room) else {
        return vec![found(
            "has no place in the rules of who may know whom; give it one in xtask/src/tidy/arrows.rs".to_owned(),
        )];
    };
    let mut findings = Vec::new();
    for dependency in &package.dependencies {
        let name = dependency.name.as_str();
        // A crate may name itself, to have its own test support in its tests.
        if let Some(other) = name.strip_prefix(OURS)
            && other != room
            && !may_use.contains(&other)
            && !(dependency.kind.as_deref() == Some("dev") && may_test_with(room, other))
        {
            findings.push(found(format!("{room} must not know {other}")));
        }
        if LIBRARIES.iter().any(|(library, rooms)| *library == name && !rooms.contains(&room)) {
            findings.push(found(format!("{room} must not know {name}")));
        }
        if room == "domain" && dependency.kind.is_none() && IMPURE.contains(&name) {
            findings.push(found(format!("domain is pure: it must not know {name}")));
        }
        findings.extend(server_side_in_browser(room, dependency).map(found));
    }
    findings.extend(feature_leaks(room, package).map(found));
    findings
}

fn may_test_with(room: &str, other: &str) -> bool {
    IN_TESTS.iter().any(|(name, allowed)| *name == room && allowed.contains(&other))
}

/// `service` and the `ssr` feature must not reach the wasm build.
fn server_side_in_browser(room: &str, dependency: &Dependency) -> Option<String> {
    match (room, dependency.name.as_str()) {
        ("app", "tallyport-service") if !dependency.optional && dependency.kind.is_none() => {
            Some("app may know service only as an optional dependency of its feature ssr".to_owned())
        }
        ("server", "tallyport-app") if !dependency.optional && dependency.kind.is_none() => {
            Some("server may know app only as an optional dependency of its feature portal".to_owned())
        }
        ("frontend", "tallyport-app") if dependency.features.iter().any(|feature| feature == "ssr") => {
            Some("frontend must not switch on app's feature ssr".to_owned())
        }
        _ => None,
    }
}

/// Features of app that would take the server's side along. Cargo names a feature after each optional
/// dependency that no feature mentions; nobody switches those on by accident.
fn feature_leaks(room: &str, package: &Package) -> impl Iterator<Item = String> {
    let service = "tallyport-service";
    let others = package
        .features
        .iter()
        .filter(move |(feature, _)| room == "app" && !["ssr", service].contains(&feature.as_str()));
    others.filter_map(move |(feature, enables)| {
        let leaks = |enabled: &String| enabled == "ssr" || enabled.trim_start_matches("dep:").starts_with(service);
        let leak = enables.iter().any(leaks);
        leak.then(|| format!("app's feature {feature} must not bring in the server's side"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, dependencies: &[&str]) -> Package {
        let dependencies =
            dependencies.iter().map(|name| Dependency { name: (*name).to_owned(), ..Dependency::default() });
        Package { name: name.to_owned(), dependencies: dependencies.collect(), ..Package::default() }
    }

    fn told(package: Package) -> String {
        check(&[package]).iter().map(|finding| finding.what.clone()).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn the_drawn_arrows_are_allowed() {
        assert_eq!(told(package("tallyport-service", &["tallyport-storage", "tallyport-contract", "tokio"])), "");
        assert_eq!(told(package("tallyport-storage", &["tallyport-domain", "sqlx"])), "");
    }

    #[test]
    fn an_arrow_back_is_caught() {
        assert_eq!(told(package("tallyport-storage", &["tallyport-service"])), "storage must not know service");
        assert_eq!(told(package("tallyport-frontend", &["tallyport-contract"])), "frontend must not know contract");
    }

    #[test]
    fn the_sdk_is_for_the_tests_of_the_server_only() {
        assert_eq!(told(package("tallyport-server", &["tallyport-sdk"])), "server must not know sdk");
        let mut server = package("tallyport-server", &["tallyport-sdk"]);
        server.dependencies[0].kind = Some("dev".to_owned());
        assert_eq!(told(server), "");
        let mut app = package("tallyport-app", &["tallyport-sdk"]);
        app.dependencies[0].kind = Some("dev".to_owned());
        assert_eq!(told(app), "app must not know sdk");
    }

    #[test]
    fn sqlx_outside_storage_is_caught() {
        assert_eq!(told(package("tallyport-server", &["sqlx"])), "server must not know sqlx");
    }

    #[test]
    fn a_runtime_in_domain_is_caught() {
        assert_eq!(told(package("tallyport-domain", &["tokio"])), "domain is pure: it must not know tokio");
    }

    #[test]
    fn a_crate_without_a_place_is_caught() {
        assert!(told(package("tallyport-helpers", &[])).contains("no place"));
        assert!(told(package("helpers", &[])).contains("named tallyport-"));
    }

    #[test]
    fn service_in_the_browser_is_caught() {
        assert!(told(package("tallyport-app", &["tallyport-service"])).contains("optional"));
        let mut app = package("tallyport-app", &[]);
        app.features.insert("default".to_owned(), vec!["ssr".to_owned()]);
        assert!(told(app).contains("feature default"));
        let mut frontend = package("tallyport-frontend", &["tallyport-app"]);
        frontend.dependencies[0].features.push("ssr".to_owned());
        assert!(told(frontend).contains("must not switch on"));
    }
}
