using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>
/// Looks for images in a bucket, where each request takes its time whatever it asks for. Few images are asked for one by one; for many
/// the keys among which they lie are listed, place after place, until all but a few are found. What is found is the same.
/// </summary>
internal sealed class BucketImages : IImageSearch
{
    private const int AnswersBetweenReports = 500, MissingAsked = 16;

    private readonly IObjectStore images;
    private readonly ImagePlaces places;
    private readonly SearchEffort effort;
    private readonly IProgress<long>? progress;
    private readonly ExpectedImages expected;
    private readonly BucketPlaces there;
    private readonly ImageRequests requests;
    private readonly ListedImages listed = new();
    private readonly ImageRecords asked = new();

    public BucketImages(IObjectStore images, ImagePlaces places, SearchEffort effort, IProgress<long>? progress)
    {
        (this.images, this.places, this.effort, this.progress, expected) = (images, places, effort, progress, new(places));
        (there, requests) = (new(images, expected), new(images, listed));
    }

    public void Expect(string path, UInt128 hash) => expected.Add(path, hash);

    public async Task PrepareAsync(NamedImages names, CancellationToken cancellation)
    {
        if (expected.Count > effort.MostAsked) await ListAsync(names, cancellation).ConfigureAwait(false);
        var (gate, answers) = (new Lock(), 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = SearchEffort.AskedAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(names.Where(hash => !IsKnown(hash)), options, async (name, stop) =>
        {
            var image = await SearchAsync(name.Path, name.Hash, stop).ConfigureAwait(false);
            lock (gate)
            {
                asked.Keep(name.Hash, image, "");
                if (++answers % AnswersBetweenReports == 0) progress?.Report(answers);
            }
        }).ConfigureAwait(false);
        asked.Flush();
        expected.ForgetStems();
    }

    public ValueTask<ImageIdentity> FindAsync(string path, UInt128 hash, CancellationToken cancellation) =>
        asked.Find(hash, "") is { } answer ? new(answer) : SearchAsync(path, hash, cancellation);

    public bool IsArchived(in ImageIdentity image) => listed.IsArchived(image.Path);

    public void Dispose()
    {
        listed.Dispose();
        asked.Dispose();
    }

    private async Task ListAsync(NamedImages names, CancellationToken cancellation)
    {
        await there.LookAsync(cancellation).ConfigureAwait(false);
        listed.Reserve(expected.Count);
        var listing = new BucketListing(images, expected, listed, effort, progress);
        await ListPlacesAsync(listing, names, cancellation).ConfigureAwait(false);
        if (images.ListsRanges && await AreMissingAsync(names, cancellation).ConfigureAwait(false)) return;

        // What was taken for empty or listed on the strength of an order counts no more.
        there.Forget();
        if (await listing.ListAllAsync(cancellation).ConfigureAwait(false)) there.AllListed();
    }

    private async Task ListPlacesAsync(BucketListing listing, NamedImages names, CancellationToken cancellation)
    {
        for (var place = 0; place < ImagePlaces.Count && images.ListsRanges; place++)
        {
            if (there.IsEmpty(place)) continue;
            if (!await listing.ListAsync(place, cancellation).ConfigureAwait(false)) return;
            there.Listed(place);
            if (names.Hashes.Where(hash => !IsKnown(hash)).Take(effort.MostAsked + 1).Count() <= effort.MostAsked) return;
        }
    }

    /// <summary>
    /// Asks for some images that no listing has. A server that lists in another order, and does not show it where parts of the keys meet,
    /// has them all the same.
    /// </summary>
    private async Task<bool> AreMissingAsync(NamedImages names, CancellationToken cancellation)
    {
        var missing = names.Where(hash => IsKnown(hash) && !listed.HasAnywhere(hash)).Take(MissingAsked).Select(name => name.Path);
        var keys = missing.SelectMany(path => Enumerable.Range(0, ImagePlaces.Count).Select(place => places.At(path, place))).OfType<string>();
        var found = await Task.WhenAll(keys.Select(key => requests.AskAsync(key, cancellation).AsTask())).ConfigureAwait(false);
        return found.All(image => image is null);
    }

    /// <summary>Whether the listings alone say where the first image of a name is, or that no place has it.</summary>
    private bool IsKnown(UInt128 name)
    {
        for (var place = 0; place < expected.Places; place++)
        {
            if (there.IsEmpty(place)) continue;
            if (listed.Has(name, place)) return true;
            if (!there.IsListed(place)) return false;
        }

        return true;
    }

    private async ValueTask<ImageIdentity> SearchAsync(string path, UInt128 hash, CancellationToken cancellation)
    {
        for (var place = 0; places.At(path, place) is { } key; place++)
        {
            // Most often all images lie in the first place, and nobody has to know what lies in the others.
            if (place > 0) await there.LookAsync(cancellation).ConfigureAwait(false);
            if (there.IsEmpty(place)) continue;
            var image = listed.Find(hash, place, key) ?? (there.IsListed(place) ? null : await requests.AskAsync(key, cancellation).ConfigureAwait(false));
            if (image is { } first) return first;
        }

        for (var place = 0; places.At(path, place) is { } key; place++)
        {
            if (there.IsEmpty(place)) continue;
            var stems = (Path: ImagePlaces.Stem(path).ToString(), Key: ImagePlaces.Stem(key).ToString());
            var image = there.IsListed(place) ? FindListed(place, stems.Path, stems.Key) : await requests.AskOthersAsync(stems.Key, cancellation).ConfigureAwait(false);
            if (image is { } other) return other;
        }

        return ImageIdentity.Absent;
    }

    private ImageIdentity? FindListed(int place, string pathStem, string keyStem)
    {
        foreach (var extension in ImagePlaces.Extensions)
        {
            if (listed.Find(PlannedFace.HashOf(pathStem + extension), place, keyStem + extension) is { } found) return found;
        }

        return null;
    }
}
