using System.Formats.Tar;
using System.IO.Compression;
using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Integration.Tests;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>Somebody else's function, in an executable of its own, with nothing but the public parts of client and worker.</summary>
[Collection(nameof(Spark41))]
public sealed class OtherFunctionTests(Spark41 spark)
{
    private static readonly Schema Output = new([new("path", StringType.Default, false), new("mean", DoubleType.Default, false)], null);

    [Fact]
    public async Task MapInArrow_WithAnExecutableOfItsOwn_ReturnsWhatTheFunctionSays()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var scratch = new Scratch();
        string[] images = [.. Enumerable.Range(0, 20).Select(brightness => Draw(scratch, (byte)(10 * brightness)))];
        var archive = scratch["brightness.tar.gz"];
        await File.WriteAllBytesAsync(archive, Pack(), cancellation);
        var paths = new RecordBatch.Builder().Append("path", false, new StringArray.Builder().AppendRange(images).Build()).Build();

        var means = await BrightnessClient.RunAsync(spark.Server.Remote, archive, paths, Output);

        Assert.Equal(images.Select((_, brightness) => 20.0 * brightness), images.Select(image => means[image]));
    }

    private static string Draw(Scratch scratch, byte brightness)
    {
        var path = scratch[$"{brightness}.pgm"];
        File.WriteAllBytes(path, [.. "P5\n8 8\n255\n"u8, .. Enumerable.Repeat(brightness, 64)]);
        return path;
    }

    /// <summary>The build's output as it is; a cluster without .NET needs a self-contained publish, as our own worker is.</summary>
    private static byte[] Pack()
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
            TarFile.CreateFromDirectory(Path.Combine(AppContext.BaseDirectory, "..", "..", "EyeSlots.Spark.Brightness", configuration), zip, includeBaseDirectory: false);
        }

        return bytes.ToArray();
    }
}
