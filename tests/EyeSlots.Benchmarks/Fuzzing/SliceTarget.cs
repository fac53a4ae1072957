using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Slices on their way to executors.</summary>
internal sealed class SliceTarget : FuzzTarget
{
    private readonly byte[][] seeds = [.. Enumerable.Range(0, 4).Select(at => SliceBytes.Write(Slice(5 * at)))];

    public override string Name => "slice";

    public override int MostExpansion => 512;

    public override Task<byte[]> DrawAsync(Random random) => Task.FromResult(ByteMutation.Of(Any(seeds, random), Any(seeds, random), random));

    public override Task<string> ReadAsync(byte[] file)
    {
        var slice = SliceBytes.Read(file);
        foreach (var face in slice.Faces)
        {
            if (face.Defect is null) SlotGeometry.TryFind(face.Eyes, new(), out _, out _);
        }

        return Task.FromResult("slice");
    }

    public override bool IsRefusal(Exception error) => error is FormatException;

    private static Slice Slice(int faces) => new("training", new('b', 64), [.. Enumerable.Range(0, faces).Select(Face)]);

    private static SliceFace Face(int at) => new()
    {
        Key = new("training", $"{at / 2}/face.jpg", at % 2), Expression = at % 11, Valence = at % 3 == 0 ? null : 0.25f, Arousal = -0.5f,
        Eyes = at % 5 == 4 ? [] : [.. Enumerable.Range(0, EyeLandmarks.Coordinates).Select(i => Math.Round((i * 3.25) + (at % 7), 2))],
        Defect = at % 5 == 4 ? new(RejectCode.LandmarksInvalid, "a reason") : null,
        Image = at % 4 == 3 ? ImageIdentity.Absent : new($"images/{at / 2}/face.jpg", 1000 + at, "1"),
    };
}
