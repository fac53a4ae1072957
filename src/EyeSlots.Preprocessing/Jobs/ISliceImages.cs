using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>The images of a worker's slices. For one worker.</summary>
internal interface ISliceImages : IAsyncDisposable
{
    /// <summary>The next image that is there, with the faces to cut from it; null when all images of all slices were given.</summary>
    /// <exception cref="StorageException">A read failed.</exception>
    /// <exception cref="OperationCanceledException">The job was stopped.</exception>
    ValueTask<ArrivedImage?> NextAsync();

    /// <summary>
    /// The image given last is only a start, and too short: it is given again when the rest is there, for its faces from this place on. Others
    /// may come before.
    /// </summary>
    void AskRest(int place);
}
