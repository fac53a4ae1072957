using System.CommandLine;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
namespace EyeSlots.Cli.Commands;
internal static class InspectPictures {
 public static readonly Option<string?> Overlay = new("--overlay"), Annotations = new("--annotations"), Images = new("--images"), Sheet = new("--contact-sheet");
 public static Option[] Options => [Overlay, Annotations, Images, Sheet];
 public static Task<int> OverlayAsync(ParseResult p, Session s, string i, CancellationToken c) => Task.FromResult(0);
 public static Task<int> SheetAsync(ParseResult p, Session s, IObjectStore r, Manifest m, IReadOnlyList<ShardResult> i, CancellationToken c) => Task.FromResult(0);
}
internal sealed record PictureReport(string A); internal sealed record DuplicatesReport(string A);internal sealed record SynthReport(string A);internal sealed record DemoReport(string A);internal sealed record DoctorReport(string A);
internal static class DemoCommand { public static Command Create() => new("demo"); }
internal static class SynthCommand { public static Command Create() => new("synth"); }
internal static class DuplicatesCommand { public static Command Create() => new("duplicates"); }
internal static class DoctorCommand { public static Command Create() => new("doctor"); }
