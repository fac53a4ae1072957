// Prints what cdk-nag finds in templates: `RULE TEMPLATE/RESOURCE`, a line each, in order.
const fs = require('node:fs'), os = require('node:os'), path = require('node:path');
const { App, Aspects, Stack, DefaultStackSynthesizer } = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks, NagReportFormat } = require('cdk-nag');

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'eyeslots-nag-'));
try {
  const app = new App({ outdir, analyticsReporting: false });
  for (const templateFile of process.argv.slice(2)) {
    const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
    const stack = new Stack(app, path.basename(templateFile, '.yaml'), { synthesizer });
    new CfnInclude(stack, 'Template', { templateFile });
  }
  Aspects.of(app).add(new AwsSolutionsChecks({ reports: true, reportFormats: [NagReportFormat.JSON] }));
  app.synth();

  const found = new Set();
  for (const file of fs.readdirSync(outdir).filter(name => name.includes('NagReport'))) {
    for (const line of JSON.parse(fs.readFileSync(path.join(outdir, file))).lines) {
      if (line.compliance !== 'Compliant') found.add(`${line.ruleId} ${line.resourceId.replace('/Template/', '/')}`);
    }
  }
  for (const line of [...found].sort()) console.log(line);
} finally {
  fs.rmSync(outdir, { recursive: true });
}
