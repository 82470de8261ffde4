//! Everybody of the document on one server, and the things that rows speak of.

use std::collections::HashMap;

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tallyport_domain::announcement::{AnnouncementDraft, AnnouncementTone};
use tallyport_domain::approval::{Permission, PermissionSet};
use tallyport_domain::books::MovementAsked;
use tallyport_domain::channel::Channel;
use tallyport_domain::credential::Lifetime;
use tallyport_domain::ids::{ApiKey, AppId, DeveloperId, ObjectId, TeamId};
use tallyport_domain::plan::PlanText;
use tallyport_domain::public_key::PublicKeyUse;
use tallyport_domain::{Environment, Language, Money, Role, TeamRole};
use tallyport_service::Member;
use tallyport_service::admin::Authority;
use tallyport_service::audit::Actor;
use tallyport_service::console::MemberMovement;
use tallyport_service::identity::SignUp;
use tallyport_service::public_keys::PublicKeyWish;
use tallyport_storage::teams;
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use crate::support::{Answer, BEGINNING_MS, Partner, Request, TestApp};

/// The columns of the table, from the least to the most powerful.
pub(crate) const PEOPLE: [&str; 6] = ["nobody", "other developer", "viewer", "developer", "owner", "administrator"];

/// A document that is taken.
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

const PASSWORD: &str = "correct horse battery";

/// A picture that is taken.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0";

/// What the row at hand speaks of, for the things that belong to it.
#[derive(Default)]
struct LastMade {
    application: Option<(AppId, ApiKey)>,
    team: Option<TeamId>,
}

/// The server with everybody.
pub(crate) struct Ground<'a> {
    pub(crate) app: &'a TestApp,
    owner: Member,
    /// The application whose payments are looked at.
    pub(crate) partner: Partner,
    payment: String,
    viewer: DeveloperId,
    developer: DeveloperId,
    last: Mutex<LastMade>,
    cookies: Mutex<HashMap<String, String>>,
}

impl<'a> Ground<'a> {
    pub(crate) async fn on(app: &'a TestApp) -> Self {
        let mut members = HashMap::new();
        for person in &PEOPLE[1..] {
            let role = if *person == "administrator" { Role::Administrator } else { Role::Developer };
            let sign_up = SignUp {
                name: person,
                email: &address(person),
                password: Zeroizing::new(PASSWORD.to_owned()),
                language: Language::En,
            };
            let made = app.services.create_account(&Actor::command("test"), sign_up, role).await.unwrap();
            members.insert(*person, made);
        }
        let owner = members["owner"].clone();
        let team = app.services.list_teams(&owner).await.unwrap()[0].team.id;
        let mut tx = app.services.db().begin_write().await.unwrap();
        for (person, role) in [("viewer", TeamRole::Viewer), ("developer", TeamRole::Developer)] {
            teams::add_member(&mut tx, team, members[person].developer_id, role, BEGINNING_MS).await.unwrap();
        }
        tx.commit().await.unwrap();
        let partner = app.application(&owner, "Shop").await;
        let payment = app.send(app.payment(&partner, "A-1", "1.00")).await.text("/id");
        Self {
            app,
            owner,
            partner,
            payment,
            viewer: members["viewer"].developer_id,
            developer: members["developer"].developer_id,
            last: Mutex::default(),
            cookies: Mutex::default(),
        }
    }

    /// Replaces every `{name}` by a thing of that kind; what may be used up is made anew each time.
    pub(crate) async fn fill(&self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').unwrap();
            filled.push_str(before);
            filled.push_str(&self.thing(name).await);
            rest = behind;
        }
        filled + rest
    }

    async fn thing(&self, name: &str) -> String {
        let services = &self.app.services;
        match name {
            "application" => self.application().await.to_string(),
            "application_with_icon" => {
                let id = self.application().await;
                services.set_icon(&self.owner, id, PNG.to_vec()).await.unwrap();
                id.to_string()
            }
            "application_without_keys" => {
                let made = self.made().await;
                services.revoke_credential(&self.owner, made.0, made.1).await.unwrap();
                made.0.to_string()
            }
            "api_key" => self.last_made().await.1.to_string(),
            "environment" => "sandbox".to_owned(),
            "pem" => form_encoded(&fresh_pem()),
            "key" => {
                let pem = fresh_pem();
                let wish = PublicKeyWish {
                    environment: Environment::Sandbox,
                    used_for: PublicKeyUse::Signing,
                    name: "Laptop",
                    pem: &pem,
                    lifetime: Lifetime::Unlimited,
                    networks: "",
                };
                let id = self.last_made().await.0;
                services.add_public_key(&self.owner, id, wish).await.unwrap().to_string()
            }
            "team" => self.team().await.to_string(),
            "member" => {
                let somebody = self.app.developer("Somebody").await.developer_id;
                let team = self.last.lock().await.team.unwrap();
                self.join(team, somebody, TeamRole::Viewer).await;
                somebody.to_string()
            }
            "invitation" => {
                let team = self.last.lock().await.team.unwrap();
                services.invite(&self.owner, team, "asked@example.com", TeamRole::Viewer).await.unwrap();
                let open = services.list_invitations(&self.owner, team).await.unwrap();
                open[0].invitation.id.to_string()
            }
            "developer" => self.app.developer("Somebody").await.developer_id.to_string(),
            "approved" => self.approved().await.to_string(),
            "suspended" => {
                let id = self.approved().await;
                services.suspend_as_operator(&Actor::command("test"), id, "Fraud").await.unwrap();
                id.to_string()
            }
            "document" => {
                let id = self.application().await;
                services.add_document(&self.owner, id, "terms.pdf", PDF).await.unwrap().to_string()
            }
            "payment" | "id" => self.payment.clone(),
            "movement" => {
                let id = self.partner.application_id;
                self.top_up(id).await.to_string()
            }
            "rich_application" => {
                let id = self.application().await;
                self.top_up(id).await;
                id.to_string()
            }
            "account" => {
                self.top_up(self.partner.application_id).await;
                let id = self.partner.application_id;
                let accounts = services.list_member_accounts(&self.owner, id, Environment::Sandbox).await.unwrap();
                accounts[0].id.to_string()
            }
            "announcement" => {
                let draft = AnnouncementDraft {
                    text_en: "Hello".to_owned(),
                    text_zh: "您好".to_owned(),
                    tone: AnnouncementTone::Info,
                    on_landing: false,
                    from_ms: BEGINNING_MS,
                    until_ms: None,
                };
                services.announce(&Authority::Command("test"), draft).await.unwrap().to_string()
            }
            "plan" => {
                let name = crate::support::fresh_nonce();
                let text = PlanText {
                    name: &name,
                    reads_per_second: "5",
                    reads_burst: "5",
                    writes_per_second: "5",
                    writes_burst: "5",
                };
                services.make_plan(&Authority::Command("test"), text).await.unwrap().to_string()
            }
            "operation_id" => "createPayment".to_owned(),
            "code" => "token_invalid".to_owned(),
            "slug" => "quick-start".to_owned(),
            "order" => crate::support::fresh_nonce(),
            other => panic!("docs/permissions.md speaks of {{{other}}}: say in {} how one is made", file!()),
        }
    }

    /// Ten dollars for an application of the owner.
    async fn top_up(&self, id: AppId) -> ObjectId {
        let wish = MemberMovement {
            key: crate::support::fresh_nonce().parse().unwrap(),
            asked: MovementAsked::TopUp { channel: Channel::SandboxBank },
            amount: Some(Money::parse("10.00", "USD".parse().unwrap()).unwrap()),
            description: None,
            sandbox_outcome: None,
        };
        self.app.services.make_member_movement(&self.owner, id, Environment::Sandbox, wish).await.unwrap()
    }

    async fn application(&self) -> AppId {
        self.made().await.0
    }

    /// A new application, which what follows in the same row belongs to.
    async fn made(&self) -> (AppId, ApiKey) {
        // A team has a limited number of open ones; what earlier rows spoke of is not needed any more.
        let done = format!("UPDATE applications SET closed_at_ms = 1 WHERE id <> '{}'", self.partner.application_id);
        self.app.db.execute(&done).await;
        let team = self.app.services.list_teams(&self.owner).await.unwrap()[0].team.id;
        let made = self.app.services.make_application_of_team(&self.owner, team, "Shop").await.unwrap();
        let made = (made.application.id, made.api_key);
        self.last.lock().await.application = Some(made);
        made
    }

    async fn last_made(&self) -> (AppId, ApiKey) {
        self.last.lock().await.application.unwrap()
    }

    /// A new team of the owner with the viewer and the developer in it.
    async fn team(&self) -> TeamId {
        // Nobody is in more than fifty; the owner leaves none behind.
        let mut last = self.last.lock().await;
        let team = self.app.services.make_team(&self.owner, "Team").await.unwrap();
        self.join(team, self.viewer, TeamRole::Viewer).await;
        self.join(team, self.developer, TeamRole::Developer).await;
        if let Some(old) = last.team.replace(team) {
            self.app.db.execute(&format!("DELETE FROM team_members WHERE team_id = '{old}'")).await;
        }
        team
    }

    async fn join(&self, team: TeamId, who: DeveloperId, role: TeamRole) {
        let mut tx = self.app.services.db().begin_write().await.unwrap();
        teams::add_member(&mut tx, team, who, role, BEGINNING_MS).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn approved(&self) -> AppId {
        let id = self.application().await;
        let all: PermissionSet = Permission::ALL.iter().copied().collect();
        self.app.services.approve_as_operator(&Actor::command("test"), id, &all).await.unwrap();
        id
    }

    /// A request as this person's browser sends it.
    pub(crate) async fn as_person(&self, person: &str, request: Request) -> Request {
        let request = request.header("accept", "text/html");
        if person == "nobody" {
            return request;
        }
        let mut cookies = self.cookies.lock().await;
        if !cookies.contains_key(person) {
            cookies.insert(person.to_owned(), self.sign_in(person).await);
        }
        request.header("cookie", &cookies[person])
    }

    /// Forgets a session that a form may have ended.
    pub(crate) async fn check_session(&self, person: &str) {
        if person == "nobody" {
            return;
        }
        let request = self.as_person(person, self.app.get("/console")).await;
        if self.app.send(request).await.status != 200 {
            self.cookies.lock().await.remove(person);
        }
    }

    async fn sign_in(&self, person: &str) -> String {
        let form = format!("email={}&password={}", address(person).replace('@', "%40"), PASSWORD.replace(' ', "+"));
        let request = self.app.post("/ui/sign_in").header("sec-fetch-site", "same-origin");
        let answer = self.app.send(request.header("accept", "text/html").form(&form)).await;
        let cookie = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
        let cookie =
            cookie.filter_map(|cookie| cookie.split(';').next()).find(|cookie| cookie.starts_with("tallyport="));
        cookie.unwrap_or_else(|| panic!("{person} cannot sign in: {answer:?}")).to_owned()
    }

    /// The last entry of the audit log: whatever changes something for somebody leaves one.
    pub(crate) async fn last_entry(&self) -> i64 {
        self.app.db.number("SELECT coalesce(max(sequence), 0) FROM audit_end").await
    }

    /// Rows of everything that a form could make, take away or use up.
    pub(crate) async fn counts(&self) -> Vec<i64> {
        let tables =
            ["audit_entries", "developers", "teams", "team_members", "applications", "credentials", "payments"];
        let more = ["mails", "announcements", "plans", "settings", "one_time_links", "sessions"];
        let mut counts = Vec::new();
        for table in tables.into_iter().chain(more) {
            counts.push(self.app.db.number(&format!("SELECT count(*) FROM {table}")).await);
        }
        counts.push(self.app.db.number("SELECT count(*) FROM one_time_links WHERE used_at_ms IS NOT NULL").await);
        counts
    }
}

/// A public key that nobody added before.
fn fresh_pem() -> String {
    let pair = Ed25519KeyPair::generate().unwrap();
    let der: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----", STANDARD.encode(der.as_ref()))
}

fn form_encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn address(person: &str) -> String {
    format!("{}@example.com", person.replace(' ', "."))
}

/// The class of an answer, as the document names it.
pub(crate) fn class(answer: &Answer, has_entry: bool) -> String {
    let location = answer.header("location");
    match answer.status {
        200 => "page".to_owned(),
        303 if location.starts_with("/signin?return_to=") => "sign in".to_owned(),
        303 if has_entry => "done".to_owned(),
        303 => "sent on".to_owned(),
        status => status.to_string(),
    }
}
