using System.Globalization;
using System.Runtime.InteropServices;
using EyeSlots.Core;
using TorchSharp;

namespace EyeSlots.Training.Torch;

/// <summary>What computes: <c>auto</c> (a GPU where libtorch and the machine have one, else the CPU), <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>.</summary>
public readonly record struct TrainingDevice
{
    private const string Driver = "libcuda.so.1";
    private readonly Kind kind;
    private readonly int index;

    private TrainingDevice(Kind kind, int index = 0) => (this.kind, this.index) = (kind, index);

    private enum Kind
    {
        Auto,
        Cpu,
        Cuda,
    }

    /// <summary>The CPU.</summary>
    public static TrainingDevice Cpu { get; } = new(Kind.Cpu);

    /// <summary>Whether a GPU is named; not so for <c>auto</c>, which <see cref="Resolve"/> makes one or the other.</summary>
    public bool IsCuda => kind == Kind.Cuda;

    /// <summary>As the command line names it; the first GPU is <c>cuda:0</c>.</summary>
    public string Text => kind switch
    {
        Kind.Auto => "auto",
        Kind.Cpu => "cpu",
        _ => string.Create(CultureInfo.InvariantCulture, $"cuda:{index}"),
    };

    /// <summary>Reads one; null where the text is none.</summary>
    public static TrainingDevice? Parse(string text) => text switch
    {
        "auto" => new(Kind.Auto),
        "cpu" => Cpu,
        "cuda" => new(Kind.Cuda),
        _ when text.StartsWith("cuda:", StringComparison.Ordinal) && byte.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var n) => new(Kind.Cuda, n),
        _ => null,
    };

    /// <summary>Loads libtorch and decides for <c>auto</c>: the CPU, or a GPU that is there.</summary>
    /// <exception cref="EyeSlotsException">device-unavailable says what is missing for a GPU that was asked for; or libtorch does not load.</exception>
    public TrainingDevice Resolve()
    {
        var library = LibTorch.Load(cuda: IsCuda);
        if (kind == Kind.Auto) return library.HasCuda && Cards() > 0 ? new(Kind.Cuda) : Cpu;
        if (kind == Kind.Cuda) RequireCard();
        return this;
    }

    /// <summary>The device as TorchSharp knows it, after <see cref="Resolve"/>.</summary>
    internal torch.Device Open()
    {
        var found = Resolve();
        return found.IsCuda ? new(DeviceType.CUDA, found.index) : new(DeviceType.CPU);
    }

    /// <summary>As the command line names it.</summary>
    public override string ToString() => Text;

    /// <summary>GPUs that libtorch can use; only where it has CUDA, since TorchSharp would else look for a package.</summary>
    internal static int Cards() => torch.cuda.is_available() ? torch.cuda.device_count() : 0;

    /// <summary>Why a libtorch with CUDA finds none.</summary>
    internal static string WhyNoCard() => NativeLibrary.TryLoad(Driver, out _)
        ? "NVIDIA's driver shows libtorch none (is there one, does CUDA_VISIBLE_DEVICES hide it, is the driver as new as this libtorch needs? nvidia-smi tells)"
        : $"this machine has no driver of NVIDIA ({Driver})";

    private void RequireCard()
    {
        var cards = Cards();
        if (index < cards) return;
        var there = cards == 0 ? $"no GPU: {WhyNoCard()}" : $"{Quantity.Of(cards, "GPU")}, the first of which is cuda:0";
        throw new EyeSlotsException(ErrorCodes.DeviceUnavailable, $"{Text} was asked for, and there is {there}. Take --device cpu, or auto.");
    }
}
