//! `podskazka form check`: a schema of a form before it goes to the portal.

use std::path::PathBuf;
use std::process::ExitCode;

use podskazka::form::schema::Schema;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Check schemas of forms; exit code 0 if all are right, 1 if some are not, 2 if a file cannot be read
    Check {
        /// Files of JSON: docs/schema/form.v1.json
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

/// Print every flaw with its place and fix.
pub fn run(command: &Command) -> ExitCode {
    let Command::Check { files } = command;
    let mut worst = 0;
    for file in files {
        let name = file.display();
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("{name}: {error}");
                worst = 2;
                continue;
            }
        };
        match Schema::read(&text) {
            Ok(schema) => println!("{name}: {} fields, {} rules, all right", schema.fields.len(), schema.rules.len()),
            Err(flaws) => {
                worst = worst.max(1);
                for flaw in flaws {
                    println!(
                        "{name}: {}: {} ({})",
                        if flaw.path.is_empty() { "/" } else { &flaw.path },
                        flaw.message,
                        flaw.code
                    );
                }
            }
        }
    }
    ExitCode::from(worst)
}
