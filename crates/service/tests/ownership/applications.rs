use tallyport_domain::{Environment, Language, Role, TeamRole};
use tallyport_service::CallFrom;
use tallyport_service::applications::{ChangeApplicationRefusal, CloseRefusal, MakeApplicationRefusal};
use tallyport_service::audit::Actor;
use tallyport_service::identity::SignUp;
use tallyport_service::teams::AccessRefusal;
use tallyport_service::tokens::TokenRefusal;
use tallyport_service::{ApplicationOrder, ApplicationSearch};
use tallyport_storage::both_databases;
use zeroize::Zeroizing;

use crate::crowd::at_once;
use crate::ground::Ground;
use crate::keys::SANDBOX;
use crate::members::join;

both_databases! {
    async fn a_new_developer_finds_an_application_without_keys(test: TestDb) {
        let ground = Ground::on(test).await;
        let services = &ground.services;
        for (email, language, role, expected) in [
            ("ada@example.com", Language::En, Role::Developer, 1),
            ("lin@example.com", Language::Zh, Role::Developer, 1),
            ("root@example.com", Language::En, Role::Administrator, 0),
        ] {
            let password = Zeroizing::new("correct horse battery".to_owned());
            let sign_up = SignUp { name: "Ada", email, password, language };
            let member = services.create_account(&Actor::command("test"), sign_up, role).await.unwrap();
            let applications = services.list_applications(&member, None, 10).await.unwrap();
            assert_eq!(applications.len(), expected, "{email}");
            for application in applications {
                let keys = services.list_credentials(&member, application.id, Environment::Sandbox).await.unwrap();
                assert_eq!(keys, []);
                assert!(services.make_first_credential(&member, application.id).await.unwrap().is_some());
            }
        }
    }

    async fn a_closed_application_is_seen_and_does_nothing_more(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let dev = ground.person("Dev", Role::Developer).await;
        let co_owner = ground.person("Co", Role::Developer).await;
        join(&ground, &ada, &dev, TeamRole::Developer).await;
        join(&ground, &ada, &co_owner, TeamRole::Owner).await;
        let services = &ground.services;
        let app = services.make_application(&ada, "Shop").await.unwrap();
        let id = app.application.id;
        let (key, secret) = (app.api_key.to_string(), app.api_secret.reveal().to_owned());
        let token = services.issue_token(&key, &secret, None, CallFrom::Unknown).await.unwrap().access_token;

        let refusal = services.close_application(&dev, id, "Shop").await;
        assert!(matches!(refusal, Err(CloseRefusal::Access(AccessRefusal::Role))), "{refusal:?}");
        for typed in ["", "shop", "Shop 2"] {
            let refusal = services.close_application(&ada, id, typed).await;
            assert!(matches!(refusal, Err(CloseRefusal::OtherName)), "{typed}: {refusal:?}");
        }
        let closed = at_once(|_| {
            let (services, ada) = (ground.services.clone(), ada.clone());
            async move { services.close_application(&ada, id, " Shop ").await.is_ok() }
        })
        .await;
        assert_eq!(closed.iter().filter(|won| **won).count(), 1);

        assert_eq!(services.authenticate(&token, CallFrom::Unknown).await.unwrap(), Err(TokenRefusal::Revoked));
        assert!(services.issue_token(&key, &secret, None, CallFrom::Unknown).await.is_err());
        let renamed = services.rename_application(&ada, id, "New", "").await;
        assert!(matches!(renamed, Err(ChangeApplicationRefusal::Access(AccessRefusal::Closed))), "{renamed:?}");
        assert!(services.make_credential(&ada, id, SANDBOX).await.is_err());
        assert!(services.make_first_credential(&ada, id).await.is_err());
        assert!(services.find_application(&dev, id).await.unwrap().is_some());
        let told: Vec<String> = services.list_mails(10).await.unwrap().into_iter().map(|mail| mail.recipient).collect();
        assert_eq!(told, [co_owner.email]);
    }

    async fn nobody_makes_an_application_for_a_team_where_they_may_not(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let vi = ground.person("Vi", Role::Developer).await;
        let eve = ground.person("Eve", Role::Developer).await;
        join(&ground, &ada, &vi, TeamRole::Viewer).await;
        let team = ground.services.list_teams(&ada).await.unwrap().remove(0).team.id;
        let refusal = ground.services.make_application_of_team(&vi, team, "Shop").await;
        assert!(matches!(refusal, Err(MakeApplicationRefusal::Access(AccessRefusal::Role))), "{refusal:?}");
        let refusal = ground.services.make_application_of_team(&eve, team, "Shop").await;
        assert!(matches!(refusal, Err(MakeApplicationRefusal::Access(AccessRefusal::Unknown))), "{refusal:?}");
        assert_eq!(test.number("SELECT count(*) FROM applications").await, 0);
    }

    async fn a_search_finds_by_part_of_the_name_and_only_among_ones_own(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let eve = ground.person("Eve", Role::Developer).await;
        let services = &ground.services;
        for name in ["Bücher 书店", "50%_off", "Closed one", "bookshop"] {
            ground.clock.advance(10);
            services.make_application(&ada, name).await.unwrap();
        }
        services.make_application(&eve, "Eve's bookshop").await.unwrap();
        let find = async |search: ApplicationSearch| -> Vec<String> {
            let found = services.search_applications(&ada, &ApplicationSearch { limit: 10, ..search }).await.unwrap();
            found.into_iter().map(|found| found.found.application.name).collect()
        };
        let text = |text: &str| ApplicationSearch { text: text.to_owned(), ..ApplicationSearch::default() };
        assert_eq!(find(text("BOOK")).await, ["bookshop"]);
        assert_eq!(find(text("书")).await, ["Bücher 书店"]);
        assert_eq!(find(text("Bücher")).await, ["Bücher 书店"]);
        assert_eq!(find(text("%")).await, ["50%_off"]);
        assert_eq!(find(text("_")).await, ["50%_off"]);
        assert_eq!(find(text("' OR 1=1 --")).await, [""; 0]);
        let by_name = ApplicationSearch { order: ApplicationOrder::Name, ..text("") };
        assert_eq!(find(by_name).await.len(), 4);
        let id = services.list_applications(&ada, None, 10).await.unwrap()[1].id;
        assert_eq!(find(text(&id.to_string())).await, ["Closed one"]);
        services.close_application(&ada, id, "Closed one").await.unwrap();
        let closed = ApplicationSearch { is_closed: Some(true), ..text("") };
        assert_eq!(find(closed).await, ["Closed one"]);
        let open = ApplicationSearch { is_closed: Some(false), order: ApplicationOrder::Oldest, ..text("") };
        assert_eq!(find(open).await, ["Bücher 书店", "50%_off", "bookshop"]);
        let eves_team = services.list_teams(&eve).await.unwrap().remove(0).team.id;
        assert_eq!(find(ApplicationSearch { team_id: Some(eves_team), ..text("") }).await, [""; 0]);
    }
}
