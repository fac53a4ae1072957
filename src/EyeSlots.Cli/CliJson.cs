using System.Text.Json;
using System.Text.Json.Serialization;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Costs;
using EyeSlots.Aws.Nightly;
using EyeSlots.Cli.Commands;
using EyeSlots.Cli.Training;
using EyeSlots.Core.Manifests;
using EyeSlots.Preprocessing.Jobs;

namespace EyeSlots.Cli;

/// <summary>What <c>--json</c> prints of this program's commands; generated, so that starting costs nothing.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PreprocessSummary))]
[JsonSerializable(typeof(VerifyReport))]
[JsonSerializable(typeof(ManifestDiff))]
[JsonSerializable(typeof(GarbageReport))]
[JsonSerializable(typeof(InspectReport))]
[JsonSerializable(typeof(PathsReport))]
[JsonSerializable(typeof(PictureReport))]
[JsonSerializable(typeof(DuplicatesReport))]
[JsonSerializable(typeof(DatasetPageReport))]
[JsonSerializable(typeof(SynthReport))]
[JsonSerializable(typeof(DemoReport))]
[JsonSerializable(typeof(PageReport))]
[JsonSerializable(typeof(TrainedNetwork))]
[JsonSerializable(typeof(JudgedNetwork))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(PreparationReport))]
[JsonSerializable(typeof(IReadOnlyList<ClusterReport>))]
[JsonSerializable(typeof(NightlyReport))]
[JsonSerializable(typeof(NightlyStatusReport))]
[JsonSerializable(typeof(NightReport))]
internal sealed partial class CliJson : JsonSerializerContext;
