using TorchSharp;
using TorchSharp.Modules;

namespace EyeSlots.Training.Optimization;

/// <summary>
/// libtorch's fused Adam: TorchSharp has no call for it, but scripts that libtorch compiles may call it. Tried on two numbers before it is
/// trusted, since another libtorch may have another one.
/// </summary>
internal sealed class FusedAdam : IDisposable
{
    private const string Script = """
        def adam(parameters: List[Tensor], gradients: List[Tensor], means: List[Tensor], squares: List[Tensor], steps: List[Tensor], lr: float, decay: float):
            largest: List[Tensor] = []
            torch._fused_adam_(parameters, gradients, means, squares, largest, steps, lr=lr, beta1=0.9, beta2=0.999, weight_decay=decay, eps=1e-8, amsgrad=False, maximize=False)
            return steps[0]

        def adamw(parameters: List[Tensor], gradients: List[Tensor], means: List[Tensor], squares: List[Tensor], steps: List[Tensor], lr: float, decay: float):
            largest: List[Tensor] = []
            torch._fused_adamw_(parameters, gradients, means, squares, largest, steps, lr=lr, beta1=0.9, beta2=0.999, weight_decay=decay, eps=1e-8, amsgrad=False, maximize=False)
            return steps[0]

        """;

    private readonly torch.jit.CompilationUnit unit;

    private FusedAdam(torch.jit.CompilationUnit unit) => this.unit = unit;

    /// <summary>Null where libtorch has no fused Adam for the device, or one that computes something else.</summary>
    internal static FusedAdam? TryOpen(torch.Device device)
    {
        try
        {
            FusedAdam opened = new(torch.jit.compile(Script));
            if (opened.Computes(device)) return opened;
            opened.Dispose();
        }
        catch (System.Runtime.InteropServices.ExternalException)
        {
            // The script does not compile, or the kernel refuses: plain Adam computes the same.
        }

        return null;
    }

    /// <summary>One step of all parameters; their step has been counted already.</summary>
    internal void Step(
        torch.Tensor[] parameters, torch.Tensor[] gradients, torch.Tensor[] means, torch.Tensor[] squares, torch.Tensor[] steps,
        double learningRate, double weightDecay, bool isDecoupled)
    {
        using var count = (torch.Tensor)unit.invoke(isDecoupled ? "adamw" : "adam", parameters, gradients, means, squares, steps, learningRate, weightDecay);
    }

    /// <inheritdoc/>
    public void Dispose() => unit.Dispose();

    // The first step of Adam moves a weight by the learning rate against its gradient's sign, whatever the gradient's size.
    private bool Computes(torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor[] Two(float first, float second) => [torch.tensor(new[] { first, second }).to(device)];
        var (weights, step) = (Two(1, 2), torch.ones([], torch.ScalarType.Float32, device));
        Step(weights, Two(0.5f, -4), Two(0, 0), Two(0, 0), [step], 0.25, 0, isDecoupled: false);
        var moved = weights[0].cpu().data<float>().ToArray();
        return Math.Abs(moved[0] - 0.75f) < 1e-5f && Math.Abs(moved[1] - 2.25f) < 1e-5f;
    }
}
