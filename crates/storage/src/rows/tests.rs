use super::{RowTexts, Writes};
use crate::both_databases;
use crate::conn::Conn;
use crate::dialect::Dialect;
use crate::error::StorageError;
use crate::test_support::TestDb;

#[derive(Debug, PartialEq, sqlx::FromRow)]
struct Row {
    a: String,
    b: i64,
    note: Option<String>,
}

fn row(b: i64) -> Row {
    Row { a: format!("row {}", b / 10), b, note: (b % 2 == 0).then(|| format!("note {b}")) }
}

const TABLE: &str = "CREATE TABLE t (a TEXT NOT NULL, b BIGINT NOT NULL, note TEXT, \
    PRIMARY KEY (a, b))";

const BY_BOTH: &str = "WITH wanted (a, b) AS (VALUES {}) SELECT t.a, t.b, t.note FROM wanted \
    CROSS JOIN t WHERE t.a = wanted.a AND t.b = wanted.b";

both_databases! {
    empty async fn any_number_of_rows_is_written_and_read(test: TestDb) {
        test.execute(TABLE).await;
        let mut written = 0;
        for count in [0, 1, 2, 5, 61, 125, 128, 129, 1_000] {
            let rows: Vec<Row> = (0..count).map(|n| row(written + n)).collect();
            let mut tx = test.db.begin_write().await.unwrap();
            let changed = write_rows!(tx, rows, "INSERT INTO t (a, b, note) VALUES {}", |row| [
                row.a.as_str(),
                row.b,
                row.note.as_deref(),
            ])
            .await
            .unwrap();
            tx.commit().await.unwrap();
            assert_eq!(changed, rows.len() as u64);
            written += count;
        }
        assert_eq!(test.number("SELECT count(*) FROM t").await, written);

        let keys: Vec<Row> = (0..written).step_by(3).map(row).collect();
        let mut reader = test.db.read().await.unwrap();
        let mut found = select_by_keys!(
            reader,
            keys,
            Row,
            BY_BOTH,
            |key| [key.a.as_str(), key.b]
        )
        .await
        .unwrap();
        found.sort_by_key(|row| row.b);
        assert_eq!(found, keys);
    }

    empty async fn missing_and_repeated_keys_find_nothing_twice(test: TestDb) {
        test.execute(TABLE).await;
        test.execute("INSERT INTO t (a, b) VALUES ('row 0', 1), ('row 0', 2), ('row 0', 3)").await;
        let mut reader = test.db.read().await.unwrap();
        let found = select_by_keys!(
            reader,
            [1_i64, 1, 2, 7, 8],
            Row,
            "SELECT a, b, note FROM t WHERE b IN ({}) ORDER BY b",
            |key| [*key]
        )
        .await
        .unwrap();
        assert_eq!(found.iter().map(|row| row.b).collect::<Vec<_>>(), [1, 2]);
        let none: [i64; 0] = [];
        let template = select_by_keys!(reader, none, Row, "SELECT a, b, note FROM t WHERE b IN ({})", |key| [*key]);
        assert!(template.await.unwrap().is_empty());
        // Joined rather than searched, the places without a key must not multiply anything either.
        let joined = select_by_keys!(
            reader,
            [1_i64, 2],
            Row,
            "WITH wanted (b) AS (VALUES {}) SELECT t.a, t.b, t.note FROM t JOIN wanted ON wanted.b = t.b",
            |key| [*key]
        );
        assert_eq!(joined.await.unwrap().len(), 2);
    }

    empty async fn many_rows_are_updated_where_they_are_as_expected(test: TestDb) {
        test.execute(TABLE).await;
        let rows: Vec<Row> = (0..100).map(row).collect();
        let mut tx = test.db.begin_write().await.unwrap();
        write_rows!(tx, rows, "INSERT INTO t (a, b) VALUES {} ON CONFLICT DO NOTHING", |row| [row.a.clone(), row.b])
            .await
            .unwrap();
        let mut keys: Vec<i64> = (0..100).collect();
        keys.sort_unstable();
        let locked = lock_by_keys!(tx, keys, Row, "SELECT a, b, note FROM t WHERE b IN ({}) ORDER BY b", |key| [*key])
            .await
            .unwrap();
        assert_eq!(locked.iter().map(|row| row.b).collect::<Vec<_>>(), keys);
        let changed = write_rows!(
            tx,
            rows,
            "WITH change (b, note, expected) AS (VALUES {}) UPDATE t SET note = change.note \
             FROM change WHERE t.b = change.b AND t.a = change.expected",
            |row| [row.b, format!("new {}", row.b), if row.b == 50 { "else" } else { &row.a }]
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(changed, 99);
        assert_eq!(test.number("SELECT count(*) FROM t WHERE note IS NULL").await, 1);
        assert_eq!(test.number("SELECT count(*) FROM t WHERE note = 'new 77'").await, 1);
    }
}

async fn rename(test: &TestDb, rows: &[Row], more: &[Row], together: bool) -> Result<(), StorageError> {
    let mut tx = test.db.begin_write().await?;
    let mut writes = Writes::new(test.db.dialect(), together);
    add_rows!(
        &mut writes,
        changing "t",
        rows,
        "WITH change (a, b) AS (VALUES {}) UPDATE t SET note = 'renamed' FROM change \
         WHERE t.a = change.a AND t.b = change.b",
        |row| [row.a.as_str(), row.b]
    )?;
    add_rows!(&mut writes, more, "INSERT INTO t (a, b, note) VALUES {}", |row| [
        row.a.as_str(),
        row.b,
        row.note.as_deref()
    ])?;
    add_rows!(&mut writes, [row(999)], "DELETE FROM t WHERE (a) IN (VALUES {})", |row| [row.a.as_str()])?;
    writes.send(&mut tx).await?;
    tx.commit().await
}

both_databases! {
    empty async fn statements_do_the_same_together_as_one_by_one(test: TestDb) {
        test.execute(TABLE).await;
        let mut next = 0;
        for together in [true, false] {
            for (count, more) in [(0, 1), (3, 0), (5, 7), (1, 1), (130, 129)] {
                let old: Vec<Row> = (next..next + count).map(row).collect();
                let new: Vec<Row> = (next + count..next + count + more).map(row).collect();
                rename(test, &[], &old, together).await.unwrap();
                rename(test, &old, &new, together).await.unwrap();
                next += count + more;
            }
        }
        assert_eq!(test.number("SELECT count(*) FROM t").await, next);
        assert_eq!(test.number("SELECT count(*) FROM t WHERE note = 'renamed'").await, 2 * (3 + 5 + 1 + 130));
        assert_eq!(test.number("SELECT count(*) FROM t WHERE b = 13 AND note = 'renamed'").await, 0);
    }

    empty async fn a_row_that_is_not_there_refuses_all_that_goes_with_it(test: TestDb) {
        test.execute(TABLE).await;
        rename(test, &[], &[row(1), row(2)], true).await.unwrap();
        for together in [true, false] {
            let refused = rename(test, &[row(1), row(77)], &[row(3)], together).await;
            assert!(matches!(refused, Err(StorageError::Stale { table: "t" })), "{refused:?}");
            let refused = rename(test, &[row(1)], &[row(2)], together).await;
            assert!(refused.as_ref().is_err_and(|error| error.is_conflict_on("t(a, b)")), "{refused:?}");
        }
        assert_eq!(test.number("SELECT count(*) FROM t").await, 2);
        assert_eq!(test.number("SELECT count(*) FROM t WHERE note = 'renamed'").await, 0);
    }
}

static WRITES: RowTexts = RowTexts::new("INSERT INTO t (a, b) VALUES {}", &[2]);
static LOCKS: RowTexts = RowTexts::new("SELECT a FROM t WHERE a IN ({}){lock}", &[1]);

#[tokio::test]
async fn sqlite_searches_for_keys_of_several_columns_by_the_index() {
    static BY_KEYS: RowTexts = RowTexts::new(BY_BOTH, &[2]);
    let test = TestDb::empty_sqlite().await;
    test.execute(TABLE).await;
    let sql = BY_KEYS.reads(Dialect::Sqlite, 3).next().unwrap().sql;
    let explain = format!("EXPLAIN QUERY PLAN {sql}");
    let mut reader = test.db.read().await.unwrap();
    let Conn::Sqlite(conn) = reader.on() else { panic!("not SQLite") };
    let plan: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(sqlx::AssertSqlSafe(explain)).fetch_all(conn).await.unwrap();
    assert!(plan.iter().any(|step| step.3.starts_with("SEARCH t ")), "{plan:?}");
    assert!(!plan.iter().any(|step| step.3.starts_with("SCAN t")), "{plan:?}");
}

#[test]
#[should_panic(expected = "join the keys instead")]
fn form_that_scans_the_table_on_sqlite_is_refused() {
    static SCANS: RowTexts = RowTexts::new("SELECT a FROM t WHERE (a, b) IN (VALUES {})", &[2]);
    let _ = SCANS.reads(Dialect::Postgres, 1).count();
}

#[test]
fn pieces_cover_every_row_once_and_are_few() {
    for count in 0..=500 {
        let mut next = 0;
        let mut pieces = 0;
        for piece in WRITES.writes(Dialect::Sqlite, count) {
            assert_eq!((piece.rows.start, piece.rows.len()), (next, piece.places));
            next = piece.rows.end;
            pieces += 1;
        }
        assert_eq!(next, count);
        assert!(pieces <= count / 128 + 4, "{count} rows take {pieces} statements");

        let reads: Vec<_> = LOCKS.reads(Dialect::Sqlite, count).collect();
        assert_eq!(reads.iter().map(|piece| piece.rows.len()).sum::<usize>(), count);
        assert!(reads.iter().all(|piece| piece.rows.len() <= piece.places));
    }
}

#[test]
fn texts_differ_only_in_their_places_and_locks() {
    let texts = |texts: &'static RowTexts, dialect, count| match count {
        2 => texts.writes(dialect, count).next().unwrap().sql,
        _ => texts.reads(dialect, count).next().unwrap().sql,
    };
    assert_eq!(texts(&WRITES, Dialect::Sqlite, 2), "INSERT INTO t (a, b) VALUES (?, ?), (?, ?)");
    assert_eq!(texts(&WRITES, Dialect::Postgres, 2), "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)");
    assert_eq!(texts(&LOCKS, Dialect::Sqlite, 3), "SELECT a FROM t WHERE a IN (?, ?, ?, ?)");
    assert_eq!(texts(&LOCKS, Dialect::Postgres, 3), "SELECT a FROM t WHERE a IN ($1, $2, $3, $4) FOR UPDATE");
}
