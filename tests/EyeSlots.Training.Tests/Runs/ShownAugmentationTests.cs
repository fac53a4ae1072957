using EyeSlots.Core;
using EyeSlots.Integration.Tests;

namespace EyeSlots.Training.Tests.Runs;

/// <summary><c>train --show</c>: a picture instead of a run.</summary>
[Collection(TrainerRuns.Name)]
public sealed class ShownAugmentationTests(TrainingSet set) : IDisposable
{
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G'];
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Show_AFile_DrawsWhatTheOptionsSayAndTrainsNothing()
    {
        var (plain, turned) = (scratch["new/plain.png"], scratch["new/turned.png"]);
        var result = await set.TrainAsync(scratch["run"], "--show", plain);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.Equal((plain, 12), (result.Json.GetProperty("picture").GetString(), result.Json.GetProperty("faces").GetInt32()));
        Assert.Equal(PngSignature, File.ReadAllBytes(plain)[..4]);
        await set.TrainAsync(scratch["run"], "--rotation", "90", "--show", turned);
        Assert.NotEqual(File.ReadAllBytes(plain), File.ReadAllBytes(turned));
        Assert.False(Directory.Exists(scratch["run"]));
    }

    [Fact]
    public async Task Show_WhereNothingCanBeWritten_SaysSo() =>
        TrainerProcess.AssertFailed(await set.TrainAsync(scratch["run"], "--show", "/proc/none/a.png"), ErrorCodes.StorageFailed, "/proc/none/a.png cannot be written");

    [Fact]
    public async Task Show_AnAmountOutOfRange_IsAWrongCommandLine() =>
        TrainerProcess.AssertFailed(
            await set.TrainAsync(scratch["run"], "--shear", "60", "--show", scratch["a.png"]), ErrorCodes.Usage, "--shear must lie between 0 and 45, not 60.", exitCode: 2);
}
