using System.Buffers;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs.Reading;

/// <summary>Slices of images in memory, a distant store that holds them, and what workers of one process share.</summary>
internal sealed class AheadScene : IDisposable
{
    private readonly MemoryStore objects = new("/mnt/images");
    private readonly SemaphoreSlim oneLarge = new(1);

    public AheadScene(long budget = 32 << 20) => (Store, Budget) = (new(objects), new(budget));

    public HeldStore Store { get; }

    public ReadBudget Budget { get; }

    /// <summary>How much of an image is asked for first.</summary>
    public FirstBytes Guess { get; set; } = (image, _) => image.Size;

    /// <summary>A slice whose faces have an image each, of these sizes.</summary>
    public GivenCuts Slice(string name, params int[] sizes) => new([.. sizes.Select((size, at) => Face($"{name}/{at}", size))]);

    /// <summary>A face with its image in the store.</summary>
    public SliceFace Face(string key, int size)
    {
        objects.Put(key, new byte[size]);
        return Face(new ImageIdentity(key, size, "1"));
    }

    public static SliceFace Face(ImageIdentity image) => new() { Key = new("list", "0/0.jpg", 0), Eyes = new double[46], Image = image };

    /// <summary>The images of one worker.</summary>
    public ImagesAhead Open(IEnumerable<GivenCuts> slices, CancellationToken cancellation = default) =>
        new(slices, new(Store), Budget, oneLarge, Guess, cancellation);

    public void Dispose() => oneLarge.Dispose();
}

/// <summary>A slice that takes no crops.</summary>
internal sealed class GivenCuts(params SliceFace[] faces) : IFaceCuts
{
    public Slice Slice { get; } = new("list", new('0', 64), faces);

    public IBufferWriter<byte> Slot => throw new NotSupportedException();

    /// <summary>As the test has it.</summary>
    public long CropBytes { get; set; }

    public void Read(long bytes, long there)
    {
    }

    public void Add(int place, in CropResult crop) => throw new NotSupportedException();

    public void Reject(int place, Rejection why) => throw new NotSupportedException();
}

/// <summary>Takes images as a worker does.</summary>
internal static class Taking
{
    /// <summary>The next image, all of whose faces are then cut.</summary>
    public static async Task<ArrivedImage?> TakeAsync(this ISliceImages images)
    {
        var image = await images.NextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
        image?.Slice.Finish(image.Value.Faces.Count);
        return image;
    }

    /// <summary>The path of the next image; null at the end.</summary>
    public static async Task<string?> TakePathAsync(this ISliceImages images) =>
        await images.TakeAsync() is { } image ? image.Slice.FaceAt(image.Faces.First).Image.Path : null;
}
