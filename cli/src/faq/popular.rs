//! The counters of a server, put into the articles: what is read and helps is raised a little.

use std::path::Path;

use anyhow::{Context, Result, bail};
use podskazka::faq::{Article, Counts, popular};

/// Columns of the report of articles that are read here, in any order.
const COLUMNS: [&str; 5] = ["article", "opened", "helped", "not_helped", "tickets"];

/// Sets `popular` of each article by the report in a file; articles that it does not name have none.
pub fn put(file: &Path, articles: &mut [Article]) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let rows = read(&text).with_context(|| format!("{}", file.display()))?;
    let of = |article: &Article| rows.iter().find(|it| it.0 == article.id).map_or(Counts::default(), |it| it.1);
    let counts: Vec<Counts> = articles.iter().map(of).collect();
    for (article, popular) in articles.iter_mut().zip(popular(&counts)) {
        article.popular = popular;
    }
    Ok(())
}

fn read(text: &str) -> Result<Vec<(String, Counts)>> {
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split(',').map(str::trim).collect();
    let place = |name: &str| head.iter().position(|it| *it == name);
    let mut places = [0; COLUMNS.len()];
    for (slot, name) in places.iter_mut().zip(COLUMNS) {
        let Some(at) = place(name) else {
            bail!("no column `{name}`; give the report of articles as CSV: /v1/desk/reports/articles?format=csv");
        };
        *slot = at;
    }
    let mut rows = Vec::new();
    for (line, number) in lines.zip(2..).filter(|it| !it.0.trim().is_empty()) {
        let cells: Vec<&str> = line.split(',').map(|it| it.trim().trim_matches('"')).collect();
        let [article, opened, helped, not_helped, tickets] =
            places.map(|at| cells.get(at).copied().unwrap_or_default());
        let count = |text: &str| {
            text.parse::<u32>().map(f64::from).with_context(|| format!("line {number}: `{text}` is no count"))
        };
        let counts = Counts {
            opened: count(opened)?,
            helped: count(helped)?,
            not_helped: count(not_helped)?,
            tickets: count(tickets)?,
        };
        rows.push((article.to_owned(), counts));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_report_of_the_server() {
        let rows =
            read("article,opened,helped,not_helped,tickets\r\n\"refund\",120,30,4,2\r\n\"inn\",9,0,1,0\r\n").unwrap();
        assert_eq!(rows[0], ("refund".into(), Counts { opened: 120.0, helped: 30.0, not_helped: 4.0, tickets: 2.0 }));
        assert_eq!(rows[1].0, "inn");
    }

    #[test]
    fn names_what_it_cannot_read() {
        let said = |text: &str| read(text).unwrap_err().to_string();
        assert!(said("form,field\n").starts_with("no column `article`"));
        assert!(said("article,opened,helped,not_helped,tickets\na,x,1,1,1\n").starts_with("line 2: `x`"));
    }
}
