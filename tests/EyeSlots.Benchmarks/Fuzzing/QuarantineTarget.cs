using EyeSlots.Core.Annotations;
using EyeSlots.Core.Shards;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Quarantine files: bytes, footers, and codes that nobody knows.</summary>
internal sealed class QuarantineTarget(byte[][] seeds) : FuzzTarget
{
    public override string Name => "quarantine";

    public static async Task<QuarantineTarget> MakeAsync() => new([await SeedAsync(1), await SeedAsync(7), await SeedAsync(300)]);

    public override Task<byte[]> DrawAsync(Random random)
    {
        var seed = Any(seeds, random);
        return Task.FromResult(random.Next(3) switch
        {
            0 => new FooterMutation(random).Of(seed),
            1 => WithCode(seed, random),
            _ => ByteMutation.Of(seed, Any(seeds, random), random),
        });
    }

    public override Task<string> ReadAsync(byte[] file) => Task.FromResult(QuarantineReader.Read(file).Count == 0 ? "nothing" : "rows");

    private static async Task<byte[]> SeedAsync(int rows) => (await QuarantineWriter.WriteAsync(
        [.. Enumerable.Range(0, rows).Select(at => new QuarantineRow(new("training", $"{at}.jpg", 0), (RejectCode)(at % RejectCodes.All.Count), $"Reason {at}."))])).ToArray();

    // Another code of the same length: the file stays whole.
    private static byte[] WithCode(byte[] seed, Random random)
    {
        var file = (byte[])seed.Clone();
        var code = RejectCodes.All[random.Next(RejectCodes.All.Count)].Text();
        var at = file.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(code));
        if (at >= 0) file[at + random.Next(code.Length)] = (byte)random.Next(256);
        return file;
    }
}
