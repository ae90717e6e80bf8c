//! The sources of data: one folder per source, `common` for what they share, and the registry of import commands.

mod athlete_events;
pub(crate) mod common;
mod paris_2024;
mod podium_format;
mod source;

use sea_orm::DatabaseTransaction;

use crate::error::Error;
use crate::options::ImportOptions;
use crate::report::Report;
use crate::report::progress::OnProgress;
use source::Source;

pub use common::catalogue::Catalogue;

macro_rules! registry {
    ($($module:ident::$source:ident = $name:literal;)*) => {
        $(pub use $module::$source;)*

        /// A source with its files. Each variant is a subcommand of `podium import`.
        #[derive(clap::Subcommand, Clone, Debug, PartialEq, Eq)]
        pub enum Import {
            $(#[command(name = $name)] $source($source),)*
        }

        impl Import {
            /// Refuses files that cannot be read.
            ///
            /// # Errors
            /// When a folder or file is missing or is not what the source consists of.
            pub fn check(&self) -> Result<(), Error> {
                match self { $(Self::$source(source) => source.check(),)* }
            }

            /// The name of its command.
            pub(crate) fn name(&self) -> &'static str {
                match self { $(Self::$source(_) => $name,)* }
            }

            pub(crate) fn is_large(&self) -> bool {
                match self { $(Self::$source(_) => $source::IS_LARGE,)* }
            }

            pub(crate) async fn run(
                &self,
                db: &DatabaseTransaction,
                options: &ImportOptions,
                on_progress: OnProgress<'_>,
            ) -> Result<Report, Error> {
                match self { $(Self::$source(source) => source.import(db, options, on_progress).await,)* }
            }
        }
    };
}

registry! {
    podium_format::PodiumFormat = "podium";
    athlete_events::AthleteEvents = "athlete-events";
    paris_2024::Paris2024 = "paris-2024";
}
