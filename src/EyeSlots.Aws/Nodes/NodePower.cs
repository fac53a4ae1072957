using System.Diagnostics;

namespace EyeSlots.Aws.Nodes;

/// <summary>Switches the machine off.</summary>
internal interface INodePower
{
    /// <summary>Begins to. The instances' behaviour at a shutdown is to terminate, so nothing of them is paid for after it.</summary>
    void Off();
}

/// <summary>The power of the machine that this is.</summary>
internal sealed class NodePower : INodePower
{
    public void Off()
    {
        using var off = Process.Start("poweroff");
        off.WaitForExit();
    }
}
