// PostGraphile with its Amber preset, straight over the tables and the one function.
import { createServer } from 'node:http';

import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { postgraphile } from 'postgraphile';
import { printSchema } from 'graphql';
import pg from 'pg';

const preset = {
  extends: [PostGraphileAmberPreset],
  // Its rule that only indexed columns can be conditions would keep `deletedAt` out.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [
    makePgService({ pool: new pg.Pool({ max: 10 }), schemas: ['public', 'bench'] }),
  ],
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
  grafast: { explain: false },
};

const instance = postgraphile(preset);
if (process.env.PRINT_SCHEMA) {
  console.log(printSchema((await instance.getSchemaResult()).schema));
  process.exit();
}
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(process.env.PORT), '127.0.0.1');
