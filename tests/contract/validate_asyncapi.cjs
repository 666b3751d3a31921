// Reads an AsyncAPI document from standard input and prints what AsyncAPI's own parser finds wrong with it, as JSON.
const { Parser } = require('@asyncapi/parser');
const { AvroSchemaParser } = require('@asyncapi/avro-schema-parser');

const parser = new Parser();
parser.registerSchemaParser(AvroSchemaParser());
parser.parse(require('fs').readFileSync(0, 'utf8')).then(({ diagnostics, document }) => {
  const found = diagnostics.map(({ severity, path, message }) => ({ severity, path: path.join('.'), message }));
  console.log(JSON.stringify({ diagnostics: found, channels: document ? document.channels().all().length : 0 }));
});
