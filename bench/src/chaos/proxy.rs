//! A proxy before a database, which can close or freeze its connections.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::watch;

/// How the database behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behaviour {
    Answers,
    /// As one that was stopped: connections are closed, and new ones at once.
    IsAway,
    /// As one that hangs: connections stay open, and nothing comes.
    Hangs,
}

/// A proxy with its own threads.
pub(super) struct Proxy {
    pub(super) address: SocketAddr,
    behaviour: watch::Sender<Behaviour>,
    _runtime: Runtime,
}

impl Proxy {
    /// A proxy before the database at an address.
    pub(super) fn before(database: &str) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let (address, database) = (listener.local_addr()?, Arc::<str>::from(database));
        let (behaviour, behaves) = watch::channel(Behaviour::Answers);
        runtime.spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, Arc::clone(&database), behaves.clone()));
            }
        });
        Ok(Self { address, behaviour, _runtime: runtime })
    }

    pub(super) fn behave(&self, behaviour: Behaviour) {
        self.behaviour.send_replace(behaviour);
    }
}

async fn pass(mut client: TcpStream, database: Arc<str>, mut behaves: watch::Receiver<Behaviour>) {
    if *behaves.borrow_and_update() == Behaviour::IsAway {
        return;
    }
    let Ok(mut server) = TcpStream::connect(&*database).await else { return };
    // It goes on where it stopped.
    let mut copying = std::pin::pin!(copy_bidirectional(&mut client, &mut server));
    loop {
        let behaviour = *behaves.borrow_and_update();
        tokio::select! {
            _ = &mut copying, if behaviour == Behaviour::Answers => return,
            changed = behaves.changed() => if changed.is_err() || *behaves.borrow() == Behaviour::IsAway {
                return;
            },
        }
    }
}
