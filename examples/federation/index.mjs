// The subgraph's server.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { schema } from "./weather.mjs";

const listen = { host: "127.0.0.1", port: Number(process.env.PORT ?? 4001) };
const { url } = await startStandaloneServer(new ApolloServer({ schema }), { listen });
console.log(`weather on ${url}`);
