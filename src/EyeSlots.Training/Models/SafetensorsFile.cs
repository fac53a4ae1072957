using EyeSlots.Core;
using EyeSlots.Core.Storage;
using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>Named tensors in a file that Python reads too (safetensors). Tensors go to and from it one after the other: a model is never in memory twice.</summary>
internal sealed class SafetensorsFile : IDisposable
{
    private readonly string path;
    private readonly FileStream file;
    private readonly SafetensorsHeader header;

    private SafetensorsFile(string path, FileStream file) => (this.path, this.file, header) = (path, file, SafetensorsHeader.Read(path, file));

    /// <summary>Its tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Tensors => header.Tensors;

    /// <summary>What the writer said beside them.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Opens a file and checks its whole header.</summary>
    /// <exception cref="EyeSlotsException">checkpoint-damaged: the file is missing, cut or hostile, with what and where.</exception>
    public static SafetensorsFile Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return new(path, file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new EyeSlotsException(ErrorCodes.CheckpointDamaged, $"{path} cannot be read: {error.Message}", error);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>Writes the content of a file, from its start to its end.</summary>
    /// <param name="stream">Where to; only written, never sought.</param>
    /// <param name="tensors">Names, each once, and tensors of any device.</param>
    /// <param name="metadata">What the file shall say beside them.</param>
    public static void Write(Stream stream, IReadOnlyList<KeyValuePair<string, torch.Tensor>> tensors, IReadOnlyDictionary<string, string> metadata) =>
        SafetensorsWriter.Write(stream, tensors, metadata);

    /// <summary>Writes a file that is whole or not there (<see cref="DurableFiles"/>).</summary>
    /// <exception cref="EyeSlotsException">disk-full, storage-failed.</exception>
    public static void Write(string path, IReadOnlyList<KeyValuePair<string, torch.Tensor>> tensors, IReadOnlyDictionary<string, string> metadata) =>
        DurableFiles.Write(path, stream => Write(stream, tensors, metadata));

    /// <summary>Reads a tensor into one that is there already.</summary>
    /// <exception cref="EyeSlotsException">
    /// model-mismatch: the file has no such tensor, or one of another shape or type; checkpoint-damaged: it cannot be read.
    /// </exception>
    public void Read(string name, torch.Tensor into)
    {
        var entry = Expect(name, into);
        using var scope = torch.NewDisposeScope();
        using var none = torch.no_grad();
        var isDirect = into.device_type == DeviceType.CPU && into.is_contiguous();
        var to = isDirect ? into.detach() : torch.empty(into.shape, into.dtype);
        try
        {
            file.Position = entry.Start;
            file.ReadExactly(to.bytes);
        }
        catch (IOException error)
        {
            throw new EyeSlotsException(ErrorCodes.CheckpointDamaged, $"{path} cannot be read: {error.Message}", error);
        }

        if (!isDirect) into.copy_(to);
    }

    /// <summary>Demands that the file holds these tensors and no others.</summary>
    /// <exception cref="EyeSlotsException">model-mismatch: names the first that is missing, has another shape, or is too much.</exception>
    public void RequireExactly(IReadOnlyList<KeyValuePair<string, torch.Tensor>> tensors)
    {
        foreach (var (name, tensor) in tensors) Expect(name, tensor);
        if (Tensors.Keys.Except(tensors.Select(tensor => tensor.Key)).FirstOrDefault() is { } other)
            throw Mismatch($"has a tensor {other} ({Tensors[other]}), which the model has not");
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private SafetensorsEntry Expect(string name, torch.Tensor tensor)
    {
        var wanted = SafetensorsEntry.Text(tensor.dtype, tensor.shape);
        if (!Tensors.TryGetValue(name, out var entry)) throw Mismatch($"has no tensor {name}, which is {wanted} in the model");
        return entry.Type == tensor.dtype && entry.Shape.SequenceEqual(tensor.shape) ? entry : throw Mismatch($"has {name} as {entry}, and the model as {wanted}");
    }

    private EyeSlotsException Mismatch(string why) => new(ErrorCodes.ModelMismatch, $"{path} {why}: it is of another architecture or input.");
}
