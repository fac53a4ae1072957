using EyeSlots.Integration.Tests;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Torch;
using Tensorboard;

namespace EyeSlots.Training.Tests.Runs;

/// <summary>What TensorBoard would read.</summary>
public sealed class TrainingEventsTests : IDisposable
{
    private const int Framing = 12, Footer = 4;
    private readonly Scratch scratch = new();

    [Fact]
    public void Begin_OfARunThatGoesOn_ShowsNoEpochTwice()
    {
        LibTorch.Load();
        EpochMetrics[] epochs = [.. Enumerable.Range(1, 4).Select(Epoch)];
        var killed = TrainingEvents.Begin(scratch.Folder, []);
        foreach (var epoch in epochs[..3]) killed.Add(epoch);
        var resumed = TrainingEvents.Begin(scratch.Folder, epochs[..2]);
        resumed.Add(epochs[2] with { TrainingLoss = 0.75 });
        resumed.Add(epochs[3]);
        var shown = Read(Assert.Single(Directory.GetFiles(scratch.Folder)));
        Assert.Equal([(1, 1f), (2, 0.5f), (3, 0.75f), (4, 0.25f)], shown["loss/training"]);
        Assert.Equal([(1, 0.25f), (2, 0.25f), (3, 0.25f), (4, 0.25f)], shown["ccc/valence"]);
        Assert.False(shown.ContainsKey("corr/valence")); // undefined, so it has no point
    }

    public void Dispose() => scratch.Dispose();

    private static EpochMetrics Epoch(int number) =>
        new(number, 10 * number, 1.0 / number, 0.25, new(0.5, null, 0.25, 0.5, null, 3), new(0.4, 0.1, 0.2, 0.3, 0.3, 0), 0.1, 1e-4, 320, 2.5, 128, 0.01, 3, 0);

    // A record is its length and a checksum, its bytes, a checksum.
    private static Dictionary<string, List<(int Epoch, float Value)>> Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        Dictionary<string, List<(int Epoch, float Value)>> curves = [];
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BitConverter.ToInt64(bytes, at);
            var read = Event.Parser.ParseFrom(bytes, at + Framing, length);
            foreach (var value in read.Summary?.Value ?? []) (curves.TryGetValue(value.Tag, out var curve) ? curve : curves[value.Tag] = []).Add(((int)read.Step, value.SimpleValue));
            at += Framing + length + Footer;
        }

        return curves;
    }
}
