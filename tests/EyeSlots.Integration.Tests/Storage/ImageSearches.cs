using System.Globalization;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>Plans of a list by each way in which the images of a bucket are looked for.</summary>
internal static class ImageSearches
{
    /// <summary>Every image is asked for.</summary>
    public static SearchEffort AskAll { get; } = new(MostAsked: int.MaxValue);

    /// <summary>Everything is listed, in many parts.</summary>
    public static SearchEffort ListAll { get; } = new(MostAsked: 0, ImagesInPart: 3);

    /// <summary>A listing is begun, given up, and the rest asked for.</summary>
    public static SearchEffort GiveUp { get; } = new(MostAsked: 0, ImagesInPart: 3, SparePages: -1_000_000);

    /// <summary>Writes a list of the 2017 layout.</summary>
    public static AnnotationList WriteList(string file, IEnumerable<string> paths)
    {
        var landmarks = string.Join(';', Enumerable.Range(0, 68).Select(point => string.Create(CultureInfo.InvariantCulture, $"{20 + (point * 3)};{40 + (point * 7 % 90)}")));
        File.WriteAllLines(file, paths.Select(path => $"\"{path.Replace("\"", "\"\"", StringComparison.Ordinal)}\",0,0,300,300,{landmarks},0,0.1,0.2"));
        return AnnotationList.ParseAll([file])[0];
    }

    public static Task<Plan> PlanAsync(IObjectStoreFactory stores, AnnotationList list, StorageAddress images, SearchEffort effort) =>
        new Planner(stores, stores.Open(images), NullLogger.Instance) { Effort = effort }.PlanAsync([list], new(), hashImages: false, null, CancellationToken.None);

    /// <summary>Where each path was found, with size and version, in the plan's order.</summary>
    public static async Task<IReadOnlyList<(string Path, ImageIdentity Image)>> ImagesAsync(
        IObjectStoreFactory stores, AnnotationList list, StorageAddress images, SearchEffort effort)
    {
        using var plan = await PlanAsync(stores, list, images, effort);
        return [.. plan.Slices.SelectMany(slice => plan.Load(slice).Faces).Select(face => (face.Key.ImagePath, face.Image))];
    }
}
