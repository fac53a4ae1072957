using EyeSlots.Cli;
using EyeSlots.Cli.Commands;

var program = new ConsoleProgram(
    "Cuts the eye slots from AffectNet-shaped faces into verified Parquet shards.", StoreOptions.Open,
    "eyeslots demo", "eyeslots preprocess --annotations training.csv --images /data/affectnet --out out");
StoreOptions.AddTo(program);
program.Add(DemoCommand.Create(program));
program.Add(SynthCommand.Create(program));
program.Add(PreprocessCommand.Create(program));
program.Add(InspectCommand.Create(program));
program.Add(VerifyCommand.Create(program));
program.Add(DiffCommand.Create(program));
program.Add(DuplicatesCommand.Create(program));
program.Add(GcCommand.Create(program));
program.Add(DoctorCommand.Create(program));
return await program.RunAsync(args);
