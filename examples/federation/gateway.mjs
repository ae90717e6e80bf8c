// A gateway that composes what the two subgraphs say of themselves when it starts. In production compose beforehand, so that
// a schema that does not compose is not deployed.
import { ApolloGateway, IntrospectAndCompose } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";

const { PORT = 4000, PODIUM_URL = "http://127.0.0.1:8000/graphql", WEATHER_URL = "http://127.0.0.1:4001/" } = process.env;
const subgraphs = [{ name: "podium", url: PODIUM_URL }, { name: "weather", url: WEATHER_URL }];
const gateway = new ApolloGateway({ supergraphSdl: new IntrospectAndCompose({ subgraphs }) });
const listen = { host: "127.0.0.1", port: Number(PORT) };
const { url } = await startStandaloneServer(new ApolloServer({ gateway }), { listen });
console.log(`gateway on ${url}`);
