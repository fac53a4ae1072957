using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Training.Loading;

/// <summary>One generation of a dataset, to which a run keeps whatever is committed after it.</summary>
public sealed class PinnedGeneration
{
    private PinnedGeneration(IObjectStore root, Manifest manifest)
    {
        (Root, Manifest) = (root, manifest);
        ContentSha256 = manifest.Content.Sha256();
        Format = manifest.Content.ReadFormat();
    }

    /// <summary>The dataset root.</summary>
    public IObjectStore Root { get; }

    /// <summary>The generation.</summary>
    public Manifest Manifest { get; }

    /// <summary>SHA-256 of the manifest's content, hexadecimal; the same wherever the dataset lies.</summary>
    public string ContentSha256 { get; }

    /// <summary>How the crops are encoded.</summary>
    public SlotFormat Format { get; }

    /// <summary>Opens a generation, or the newest when none is named.</summary>
    /// <exception cref="EyeSlotsException">It is not there, or damaged: dataset-damaged.</exception>
    public static async Task<PinnedGeneration> OpenAsync(IObjectStore root, string dataset, int? generation, CancellationToken cancellation = default) =>
        new(root, await new ManifestStore(root).LoadAsync(dataset, generation, cancellation).ConfigureAwait(false));

    /// <summary>Opens a generation that was pinned before, wherever the dataset lies by now.</summary>
    /// <param name="root">The dataset root.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="generation">Its number.</param>
    /// <param name="sha256">The content's hash when it was pinned.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="EyeSlotsException">It is gone, or holds something else: dataset-damaged.</exception>
    public static async Task<PinnedGeneration> ReopenAsync(
        IObjectStore root, string dataset, int generation, string sha256, CancellationToken cancellation = default)
    {
        var found = await OpenAsync(root, dataset, generation, cancellation).ConfigureAwait(false);
        return found.ContentSha256 == sha256
            ? found
            : throw new EyeSlotsException(
                ErrorCodes.DatasetDamaged,
                $"Generation {generation} of '{dataset}' in {root.Address} is not the one that was pinned: its content has the SHA-256 {found.ContentSha256}, " +
                $"the pinned one {sha256}. Name the root of that dataset, or begin a new run.");
    }
}
