//! OpenTelemetry traces, sent to a collector by OTLP over HTTP. If the collector is unreachable, spans are lost and no request is delayed.

use std::time::Duration;

use anyhow::{Context, ensure};
use async_trait::async_trait;
use opentelemetry::{KeyValue, global};
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;

/// How long the collector may take to receive spans.
const TIMEOUT: Duration = Duration::from_secs(3);

/// How long the last spans may take to be sent.
const LAST: Duration = Duration::from_millis(500);

/// The traces that are sent to a collector.
pub(crate) struct Traces(SdkTracerProvider);

impl Traces {
    /// Begins to send traces to the collector at this address.
    ///
    /// # Errors
    /// When it is no address of HTTP.
    pub(crate) fn send_to(endpoint: &str) -> anyhow::Result<Self> {
        ensure!(
            endpoint.starts_with("http://"),
            "`{endpoint}` is no collector that can be reached: give an address such as http://127.0.0.1:4318"
        );
        let agent = ureq::Agent::config_builder().timeout_global(Some(TIMEOUT)).http_status_as_error(false).build().into();
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Collector(agent))
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
            .with_timeout(TIMEOUT)
            .build()
            .context("traces cannot be sent")?;
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        // `OTEL_SERVICE_NAME` overrides it.
        let name = std::env::var("OTEL_SERVICE_NAME").unwrap_or_else(|_| "podium".to_owned());
        let resource = Resource::builder().with_service_name(name).with_attribute(version).build();
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
        global::set_text_map_propagator(TraceContextPropagator::new());
        global::set_tracer_provider(provider.clone());
        Ok(Self(provider))
    }

    /// Sends the last spans.
    pub(crate) async fn end(self) {
        let ending = tokio::task::spawn_blocking(move || self.0.shutdown_with_timeout(LAST));
        let _ = tokio::time::timeout(LAST * 2, ending).await;
    }
}

/// The client that the exporter's thread sends with.
#[derive(Debug)]
struct Collector(ureq::Agent);

#[async_trait]
impl HttpClient for Collector {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (parts, mut body) = self.0.run(request.map(|body| body.to_vec()))?.into_parts();
        Ok(Response::from_parts(parts, body.read_to_vec()?.into()))
    }
}
