using System.Text.Json;
using EyeSlots.Core.Shards;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Truth;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Training.Tests.Export;

/// <summary>
/// The README's Python as written, on shards, up to the bytes that it gives the model; what those give is <see cref="OnnxTests"/>'. Debian has no
/// ONNX Runtime for Python: <c>onnxruntime.py</c> stands in its place and lays the bytes down.
/// </summary>
public sealed class ReadmeExampleTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(96, 32)]
    [InlineData(30, 20)]
    [InlineData(320, 64)]
    public async Task Python_AsWritten_MakesTheLoadersBytesOfCrops(int width, int height)
    {
        InputShape input = new(width, height, false);
        using var dataset = await DrawnDataset.DrawAsync(60, synth => synth with { Variety = 1, Side = 500 });
        var faces = await dataset.FacesAsync("test");
        using var stream = new ShardStream(faces, new() { Input = input, Augmentation = AugmentationOptions.None }, NullLogger.Instance);
        var own = stream.InOrder().SelectMany(batch => batch.Pixels.ToArray()).ToArray();
        var (images, read) = await RunSnippetAsync(dataset, input);
        Assert.Equal(faces.Keys.Select(key => key.ImagePath), images);
        Assert.Equal(own.Length, read.Length);

        // A byte is rounded once here and there, of positions at the nearest 1/2048 pixel.
        Assert.All(own.Zip(read, (one, other) => one - other), difference => Assert.InRange(difference, -1, 1));
        Assert.InRange(own.Zip(read).Count(pair => pair.First == pair.Second), 0.8 * own.Length, own.Length);
    }

    // The image of each face, and the bytes of all.
    private async Task<(IReadOnlyList<string> Images, byte[] Pixels)> RunSnippetAsync(DrawnDataset dataset, InputShape input)
    {
        const string end = "\nimport os\nprint(json.dumps(list(faces.image_path)), flush=True)\nos._exit(0)  # pyarrow's threads may abort another end\n";
        var shards = (await dataset.OpenAsync()).Manifest.Content.Shards.Where(shard => shard.List == "test");
        await File.WriteAllTextAsync(scratch["eyes.onnx"], "");
        await File.WriteAllTextAsync(scratch["shards.json"], JsonSerializer.Serialize(new { paths = shards.Select(shard => Path.Combine(dataset.Root, ShardLayout.ShardKey(shard.Fingerprint))) }));
        await File.WriteAllTextAsync(scratch["input.json"], JsonSerializer.Serialize((int[])[input.Height, input.Width, input.Channels]));
        await File.WriteAllTextAsync(scratch["example.py"], Document.Readme.Snippet("python", "onnxruntime") + end);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Export", "onnxruntime.py"), scratch["onnxruntime.py"]);
        var images = await Python.RunWithPyArrowInAsync(scratch.Folder, "example.py");
        return ([.. images.EnumerateArray().Select(path => path.GetString()!)], await File.ReadAllBytesAsync(scratch["pixels.bin"]));
    }
}
