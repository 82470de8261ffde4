//! Finding people and applications.

use tallyport_domain::Role;
use tallyport_domain::administration::{AccountState, ListOrder};
use tallyport_service::admin::{ApplicationFilter, PeopleFilter};
use tallyport_storage::both_databases;

use crate::ground::{COMMAND, Ground};

both_databases! {
    async fn people_are_found_by_any_part_of_name_and_address_and_by_id(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.administrator("Ada_Lovelace").await;
        let bob = ground.person("Bob%Builder", Role::Developer).await;
        ground.person("Carol", Role::Developer).await;
        ground.services.suspend_person(&COMMAND, bob.developer_id, "reason").await.unwrap();
        let found = async |filter: PeopleFilter| {
            let page = ground.services.list_people(&ada, &filter, ListOrder::Name, 0, 10).await.unwrap();
            assert_eq!(page.total, page.rows.len() as u64);
            page.rows.into_iter().map(|person| person.name).collect::<Vec<_>>()
        };
        let search = |text: &str| PeopleFilter { search: text.to_owned(), ..PeopleFilter::default() };
        assert_eq!(found(PeopleFilter::default()).await, ["Ada_Lovelace", "Bob%Builder", "Carol"]);
        assert_eq!(found(search("LOVE")).await, ["Ada_Lovelace"]);
        assert_eq!(found(search("carol@EXAMPLE")).await, ["Carol"]);
        assert_eq!(found(search(&bob.developer_id.to_string())).await, ["Bob%Builder"]);
        // What means something in a pattern stands for itself.
        assert_eq!(found(search("%")).await, ["Bob%Builder"]);
        assert_eq!(found(search("_")).await, ["Ada_Lovelace"]);
        assert_eq!(found(search("\\")).await, Vec::<String>::new());
        assert_eq!(found(search("' OR '1'='1")).await, Vec::<String>::new());
        let role = PeopleFilter { role: Some(Role::Administrator), ..PeopleFilter::default() };
        assert_eq!(found(role).await, ["Ada_Lovelace"]);
        let state = PeopleFilter { state: Some(AccountState::Suspended), ..PeopleFilter::default() };
        assert_eq!(found(state).await, ["Bob%Builder"]);
        let state = PeopleFilter { state: Some(AccountState::Closed), ..PeopleFilter::default() };
        assert_eq!(found(state).await, Vec::<String>::new());
    }

    async fn a_list_is_turned_page_by_page_in_its_order(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.administrator("M").await;
        for name in ["C", "a", "B"] {
            ground.person(name, Role::Developer).await;
        }
        let names = async |order, offset| {
            let filter = PeopleFilter::default();
            let page = ground.services.list_people(&ada, &filter, order, offset, 3).await.unwrap();
            assert_eq!(page.total, 4);
            page.rows.into_iter().map(|person| person.name).collect::<Vec<_>>()
        };
        assert_eq!(names(ListOrder::Newest, 0).await, ["B", "a", "C"]);
        assert_eq!(names(ListOrder::Newest, 3).await, ["M"]);
        assert_eq!(names(ListOrder::Oldest, 0).await, ["M", "C", "a"]);
        assert_eq!(names(ListOrder::Name, 0).await, ["a", "B", "C"]);
        assert_eq!(names(ListOrder::Name, u64::MAX).await, Vec::<String>::new());
    }

    async fn applications_of_all_teams_are_found_with_the_people_behind_them(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.administrator("Ada").await;
        let bob = ground.person("Bob", Role::Developer).await;
        let made = ground.services.make_application(&bob, "Bookshop").await.unwrap().application;
        let list = async |search: &str| {
            let filter = ApplicationFilter { search: search.to_owned() };
            ground.services.list_all_applications(&ada, &filter, ListOrder::Newest, 0, 10).await.unwrap().total
        };
        assert_eq!(list("").await, 1);
        assert_eq!(list("books").await, 1);
        assert_eq!(list(&made.id.to_string()).await, 1);
        assert_eq!(list(&made.team_id.to_string()).await, 1);
        assert_eq!(list("other").await, 0);
        let seen = ground.services.find_any_application(&ada, made.id).await.unwrap().unwrap();
        assert_eq!((seen.maker.unwrap().name.as_str(), seen.members.len()), ("Bob", 1));
        let person = ground.services.find_person(&ada, bob.developer_id).await.unwrap().unwrap();
        assert_eq!((person.teams.len(), person.applications.len()), (1, 1));
        let figures = ground.services.admin_overview(&ada).await.unwrap().figures;
        assert_eq!((figures.developers, figures.applications, figures.mails_waiting), (2, 1, 0));
    }
}
